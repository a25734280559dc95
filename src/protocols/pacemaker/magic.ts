import { cInt, cSpace, cWord } from './c-scan.ts';

/** Which action of which transition of the cluster's plan an operation was, and what it was meant to return. */
export interface TransitionKey {
  readonly action: number;
  readonly transition: number;
  /** The return code that is no failure. */
  readonly targetRc: number;
  /** Of the scheduler that made the plan; at most 36 characters, none of them white space. */
  readonly uuid: string;
}

/** An operation's key with what came of it. */
export interface TransitionMagic {
  /** Of its execution; exec-status.ts has the words. */
  readonly status: number;
  /** Of its agent; ocf.ts has the words. */
  readonly rc: number;
  readonly key: TransitionKey;
}

const uuidLength = 36;
const keyForm = new RegExp(`^${cInt}:${cInt}:${cInt}:${cSpace}*(${cWord}{1,${uuidLength}})`);
const magicForm = new RegExp(`^${cInt}:${cInt};${cSpace}*(${cWord}+)`);

/**
 * Reads `action:transition:target_rc:uuid` as Pacemaker's sscanf does: blanks and a sign before a number, 32 bits that
 * wrap, a uuid that ends at white space or after 36 characters, and whatever follows ignored. Null where Pacemaker
 * drops the event.
 */
export function decodeTransitionKey(text: string): TransitionKey | null {
  const [, action, transition, targetRc, uuid] = keyForm.exec(text) ?? [];
  if (action === undefined || transition === undefined || targetRc === undefined || uuid === undefined)
    return null;
  return { action: int32(action), transition: int32(transition), targetRc: int32(targetRc), uuid };
}

/** Reads `status:rc;key`, by the same rules. */
export function decodeTransitionMagic(text: string): TransitionMagic | null {
  const [, status, rc, rest = ''] = magicForm.exec(text) ?? [];
  const key = decodeTransitionKey(rest);
  if (status === undefined || rc === undefined || key === null) return null;
  return { status: int32(status), rc: int32(rc), key };
}

/** As Pacemaker writes it: a shorter uuid is filled with blanks. */
export function transitionKeyText({ action, transition, targetRc, uuid }: TransitionKey): string {
  return `${action}:${transition}:${targetRc}:${uuid.padEnd(uuidLength)}`;
}

export function transitionMagicText({ status, rc, key }: TransitionMagic): string {
  return `${status}:${rc};${transitionKeyText(key)}`;
}

/** What C makes of a number that was written in decimal: held to 64 bits, then cut to 32. */
function int32(written: string): number {
  const short = Number(written);
  if (Number.isSafeInteger(short)) return short | 0;
  const long = BigInt(written.replace('+', ''));
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
  return Number(BigInt.asIntN(32, long < least ? least : long > most ? most : long));
}
