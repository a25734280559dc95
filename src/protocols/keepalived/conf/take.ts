import { type Command, commandOf } from './command.ts';
import type { Complaint, Place } from './complaint.ts';
import type { Calls, Tracked } from './conf.ts';
import type { Entry } from './tree.ts';

/** One block that is being read: the last value of each key, and complaints with their lines. */
export class Block {
  readonly entry: Entry;
  readonly #complaints: Complaint[];
  readonly #seen = new Set<string>();

  constructor(entry: Entry, complaints: Complaint[]) {
    this.entry = entry;
    this.#complaints = complaints;
  }

  /** Entries of a key, in their order; asking for it makes it known. */
  all(key: string): readonly Entry[] {
    this.#seen.add(key);
    return (this.entry.children ?? []).filter((child) => child.key === key);
  }

  has(key: string): boolean {
    return this.all(key).length > 0;
  }

  /** The last word wins, as for most keys. */
  text(key: string): string | null {
    const last = this.all(key).at(-1);
    if (last === undefined) return null;
    if (last.words[0] === undefined)
      this.error(last, 'value-missing', `${key} has no value; keepalived leaves the line out.`);
    return last.words[0] ?? null;
  }

  /** Keys that stand alone, or with on or off. */
  flag(key: string): boolean | null {
    const last = this.all(key).at(-1);
    if (last === undefined) return null;
    const [word = 'on'] = last.words;
    if (/^(on|true|yes)$/i.test(word)) return true;
    if (/^(off|false|no)$/i.test(word)) return false;
    this.error(last, 'not-a-flag', `${key} is ${word}, neither on nor off; keepalived leaves the line out.`);
    return null;
  }

  number(key: string, bounds: Bounds): number | null {
    const last = this.all(key).at(-1);
    return last === undefined ? null : this.numberIn(last, last.words[0], bounds);
  }

  /** Null and a complaint where it is none, or not within its bounds. */
  numberIn(at: Place & { readonly key: string }, word: string | undefined, bounds: Bounds): number | null {
    const wanted = `${bounds.whole ? 'a whole number' : 'a number'} from ${bounds.from} to ${bounds.to}`;
    const pattern = bounds.whole ? /^[+-]?\d+$/ : /^[+-]?\d+(\.\d*)?$/;
    const value = word !== undefined && pattern.test(word) ? Number(word) : Number.NaN;
    if (value >= bounds.from && value <= bounds.to) return value;
    this.error(
      at,
      'not-a-number',
      `${at.key} is ${word ?? 'empty'}, which is not ${wanted}; keepalived says so and ${bounds.instead ?? 'keeps the default'}.`,
    );
    return null;
  }

  error(at: Place, code: string, message: string): void {
    this.#complaints.push({ file: at.file, line: at.line, severity: 'error', code, message });
  }

  /** Entries of keys that nobody asked for. */
  unknown(): readonly Entry[] {
    return (this.entry.children ?? []).filter(({ key }) => !this.#seen.has(key));
  }
}

interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
  readonly instead?: string;
}

/** The scripts of an instance or a group. Of two of one kind keepalived takes the first. */
export function callsOf(block: Block): Calls {
  return {
    master: firstCommand(block, 'notify_master'),
    backup: firstCommand(block, 'notify_backup'),
    fault: firstCommand(block, 'notify_fault'),
    stop: firstCommand(block, 'notify_stop'),
    deleted: firstCommand(block, 'notify_deleted'),
    masterRxLowerPri: firstCommand(block, 'notify_master_rx_lower_pri'),
    any: firstCommand(block, 'notify'),
  };
}

function firstCommand(block: Block, key: string): Command | null {
  const [first, ...more] = block.all(key);
  for (const one of more)
    block.error(one, 'duplicate', `A second ${key}; keepalived says so and takes the first.`);
  if (first === undefined || (key === 'notify_deleted' && first.rest === '')) return null;
  const command = commandOf(first.rest, first.line);
  if (command.argv.length > 0) return command;
  block.error(first, 'value-missing', `${key} names no script; keepalived runs none.`);
  return null;
}

/** What the lines of track_script, track_interface and track_file name. Of two of one name the first counts. */
export function trackedOf(block: Block): readonly Tracked[] {
  return (['script', 'interface', 'file'] as const).flatMap((kind) => {
    const found = new Map<string, Tracked>();
    for (const list of block.all(`track_${kind}`))
      for (const entry of list.children ?? []) {
        if (found.has(entry.key))
          block.error(entry, 'duplicate', `${entry.key} is tracked twice; keepalived takes the first.`);
        else found.set(entry.key, trackedIn(block, kind, entry));
      }
    return [...found.values()];
  });
}

function trackedIn(block: Block, kind: Tracked['kind'], entry: Entry): Tracked {
  const at = entry.words.indexOf('weight');
  const weight =
    at < 0 ? null : block.numberIn({ ...entry, key: 'weight' }, entry.words[at + 1], weightBounds);
  const reverse = entry.words.includes('reverse') ? true : entry.words.includes('noreverse') ? false : null;
  return { kind, name: entry.key, weight, reverse, file: entry.file, line: entry.line };
}

export const weightBounds: Bounds = { from: -2_147_483_648, to: 2_147_483_647, whole: true };
