import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { environmentOf, nodeEnvironmentOf, signalEnvironmentOf } from '../protocols/pacemaker/environment.ts';
import { isCibAnswer, nodesIn } from '../protocols/pacemaker/cib-answer.ts';
import { Membership } from '../protocols/pacemaker/membership.ts';
import { decodeMessage } from '../protocols/pacemaker/message-reader.ts';
import { MessageSplitter } from '../protocols/pacemaker/message-splitter.ts';
import { nodeStateEvents } from '../protocols/pacemaker/node-state.ts';
import { readAsCrmMon } from '../protocols/pacemaker/readings/crm-mon.ts';
import { ToldBefore } from '../protocols/pacemaker/same-signal.ts';
import { usualBounds } from '../protocols/pacemaker/xml.ts';
import { membershipText, operationText, toldText } from '../signals/pacemaker/told-text.ts';
import { putAside, readSpool, taken } from '../signals/pacemaker/spool.ts';
import type { Leave, Terminal } from './terminal.ts';

/** One call of an external agent, still to be made. */
export interface AgentCall {
  /** What it tells, in one sentence. */
  readonly because: string;
  readonly variables: Readonly<Record<string, string>>;
  /** To be awaited when it was made: until then it would be made again by the next life. */
  readonly made: () => Promise<void>;
}

export interface Calling {
  readonly recipient: string;
  readonly terminal: Terminal;
  readonly leave: Leave;
}

/** The calls for messages that come one after the other, as crm_mon would make them, and of nodes beside. */
export async function* callsForMessages(
  pieces: AsyncIterable<string>,
  calling: Calling,
): AsyncGenerator<AgentCall> {
  const splitter = new MessageSplitter();
  yield* callsForEach(wholeMessages(pieces, splitter), calling);
  try {
    splitter.end();
  } catch (error) {
    sayUnreadable(error, calling);
  }
}

async function* wholeMessages(pieces: AsyncIterable<string>, splitter: MessageSplitter) {
  for await (const piece of pieces) yield* splitter.write(piece);
}

/** The same, of messages that are whole. */
export async function* callsForEach(
  messages: AsyncIterable<string>,
  calling: Calling,
): AsyncGenerator<AgentCall> {
  const membership = new Membership();
  for await (const text of messages) yield* callsFor(text, membership, calling);
}

/** The messages in the files of a directory, in the order of their names. Throws BatonError `usage`. */
export async function* messagesIn(directory: string, stop: AbortSignal): AsyncGenerator<string> {
  const names = await readdir(directory).catch((error: unknown) => {
    throw new BatonError('usage', `The messages cannot be read: ${messageOf(error)}`, { cause: error });
  });
  for (const name of names.filter((one) => one.endsWith('.xml')).toSorted()) {
    if (stop.aborted) return;
    // More than that the reader refuses.
    const stream = createReadStream(join(directory, name), { encoding: 'utf8', end: usualBounds.characters });
    let text = '';
    for await (const piece of stream) text += String(piece);
    yield text;
  }
}

function callsFor(text: string, membership: Membership, calling: Calling): readonly AgentCall[] {
  const { recipient } = calling;
  try {
    if (isCibAnswer(text)) {
      for (const node of nodesIn(text)) membership.begin(node);
      return [];
    }
    const message = decodeMessage(text);
    const calls = [
      ...readAsCrmMon(message).map((event) => ({
        because: operationText(event),
        variables: environmentOf(event, recipient),
      })),
      ...nodeStateEvents(message).map((event) => {
        const classification = membership.classify(event);
        return {
          because: membershipText(event, classification),
          variables: nodeEnvironmentOf(event, classification, recipient),
        };
      }),
    ];
    return calls.map((call) => ({ ...call, made: async () => {} }));
  } catch (error) {
    sayUnreadable(error, calling);
    return [];
  }
}

/** A message that cannot be read stops nobody from hearing the next one. */
function sayUnreadable(error: unknown, { terminal, leave }: Calling): void {
  if (!(error instanceof BatonError)) throw error;
  terminal.say(`baton: ${error.message}`);
  leave(error.exit);
}

const lookEveryMs = 200;

export interface Watching extends Calling {
  readonly spool: string;
  /** Whether fencings are told of. */
  readonly watchFencing: boolean;
  /** What is told is taken out of it when the call was made; otherwise it stays, and is told once. */
  readonly takes: boolean;
  readonly clock: Clock;
  /** Ends the watching. */
  readonly signal: AbortSignal;
}

/** The calls for what an installed agent leaves in its spool, for as long as it is watched. */
export async function* callsForSpool(watching: Watching): AsyncGenerator<AgentCall> {
  const { spool, watchFencing, takes, recipient, terminal, clock, signal: stop } = watching;
  const before = new ToldBefore();
  let seen: ReadonlySet<string> = new Set();
  while (!stop.aborted) {
    const { spooled, refused } = await readSpool(spool);
    for (const { file, because } of refused.filter((one) => !seen.has(one.file))) {
      if (takes) await putAside(spool, file);
      terminal.say(`baton: ${spool}/${file} ${takes ? 'was put aside' : 'cannot be read'}: ${because}.`);
    }
    const fresh = spooled.filter(({ file }) => !seen.has(file));
    if (!takes) seen = new Set([...spooled, ...refused].map(({ file }) => file));
    for (const { file, signal } of fresh) {
      if (stop.aborted) return;
      const made = async () => {
        if (takes) await taken(spool, file);
      };
      const isWanted = signal.kind !== 'fencing' || watchFencing;
      if (!isWanted || before.isRepeated(signal, clock.now())) await made();
      else yield { because: toldText(signal), variables: signalEnvironmentOf(signal, recipient), made };
    }
    await clock.sleep(lookEveryMs, stop).catch(() => {});
  }
}
