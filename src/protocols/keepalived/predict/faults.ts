import { BatonError } from '../../../kernel/errors.ts';

/**
 * How a track script's runs end from now on: with an exit code; `stuck` until it is timed out; `deaf` to that too, so that
 * it is killed two seconds later; `missing`, so that it cannot be run at all.
 */
export type Outcome = number | 'stuck' | 'deaf' | 'missing';

/** Something that is done to a router, or happens to it. */
export type Fault = { readonly atMs: number; readonly router: string } & FaultWhat;

export type FaultWhat =
  | { readonly do: 'start' | 'stop' | 'kill' }
  | { readonly do: 'exit'; readonly script: string; readonly outcome: Outcome }
  | { readonly do: 'link'; readonly interface: string; readonly up: boolean }
  | { readonly do: 'file'; readonly file: string; readonly value: number };

/**
 * Lines `SECONDS ID exit NAME CODE | link IF up|down | file NAME VALUE | start | stop | kill`; what begins with # is for
 * people. Throws `usage` with the line that is none.
 */
export function parseFaults(text: string): readonly Fault[] {
  return text.split('\n').flatMap((written, at) => {
    const words = written.trim().split(/\s+/);
    if (words[0] === '' || words[0]?.startsWith('#')) return [];
    const [seconds = '', router = '', verb = '', ...rest] = words;
    const what = /^\d+(\.\d+)?$/.test(seconds) && router !== '' ? faultOf(verb, rest) : null;
    if (what === null)
      throw new BatonError(
        'usage',
        `Line ${at + 1} of the faults is none: "${written.trim()}". It wants SECONDS ID, and one of: exit NAME CODE, link IF up or down, file NAME VALUE, start, stop, kill.`,
      );
    return [{ atMs: Number(seconds) * 1_000, router, ...what }];
  });
}

function faultOf(verb: string, [name = '', value = '', ...more]: readonly string[]): FaultWhat | null {
  if (more.length > 0) return null;
  if (verb === 'start' || verb === 'stop' || verb === 'kill') return name === '' ? { do: verb } : null;
  if (name === '') return null;
  if (verb === 'link' && /^(up|down)$/.test(value))
    return { do: 'link', interface: name, up: value === 'up' };
  if (verb === 'file' && /^-?\d{1,10}$/.test(value)) return { do: 'file', file: name, value: Number(value) };
  const outcome = verb === 'exit' ? outcomeOf(value) : null;
  return outcome === null ? null : { do: 'exit', script: name, outcome };
}

function outcomeOf(word: string): Outcome | null {
  if (word === 'stuck' || word === 'deaf' || word === 'missing') return word;
  return /^\d{1,3}$/.test(word) ? Number(word) : null;
}
