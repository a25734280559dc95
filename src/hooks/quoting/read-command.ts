import { readList } from './list.ts';
import { type Place, pipelineIn, type Reader, readersOf } from './place.ts';
import { NotFollowed, type Scan, type SimpleCommand } from './scan.ts';

export interface Reading {
  /** In the order in which they stand. */
  readonly places: readonly Place[];
  /** Inner ones before the one they stand in; none where the command could not be followed. */
  readonly commands: readonly SimpleCommand[];
  /** Why the command could not be followed to its end; the places are then only where placeholders stand. */
  readonly problem: string | null;
  /** And no shell would follow it either. */
  readonly isBroken: boolean;
}

/**
 * Finds the placeholders of a hook's command and how a shell would read the text around each. Strict:
 * what bash and dash might read differently is not followed. `names` are without braces.
 */
export function readCommand(text: string, names: ReadonlySet<string>): Reading {
  const scan: Scan = {
    text,
    names,
    places: [],
    commands: [],
    assignments: [],
    uses: [],
    functions: new Map(),
    at: 0,
    end: text.length,
    wordFrom: 0,
    waiting: [],
    line: null,
    inBackticks: false,
  };
  try {
    readList(scan, [], null);
    if (scan.waiting.length > 0) throw new NotFollowed('a here-document has no body');
    const places = scan.places.map((place) => ({ ...place, users: usersOf(place, scan) }));
    return { places, commands: scan.commands, problem: null, isBroken: false };
  } catch (error) {
    const lost = { places: everyPlace(text, names), commands: [] };
    if (error instanceof NotFollowed) {
      // Within backticks and here-documents what looks broken may be text.
      const isWhole = scan.end === text.length && scan.line === null;
      return { ...lost, problem: error.message, isBroken: error.isBroken && isWhole };
    }
    // A command nested so deeply that the stack ends is no reason to run it.
    if (error instanceof RangeError) return { ...lost, problem: 'it is nested too deeply', isBroken: false };
    throw error;
  }
}

/** Who reads the variables as a program that a place goes into, or goes into by way of others. */
function usersOf({ from }: Place, { assignments, uses }: Scan): readonly Reader[] {
  const users: Reader[] = [];
  const names = new Set<string>();
  const given = (at: number) => assignments.filter((one) => one.from <= at && at < one.to);
  const open = given(from).map(({ name }) => name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    for (const use of uses.filter((one) => one.name === name)) {
      users.push(...readersOf({ ...use, users: [] }));
      open.push(...given(use.at).map((one) => one.name));
    }
  }
  return users;
}

/** Double quotes stand for a context that is not known: nothing but plain values will be put there. */
function everyPlace(text: string, names: ReadonlySet<string>): readonly Place[] {
  const pipeline = pipelineIn(null);
  const found = [...text.matchAll(/\{([A-Za-z]\w*)\}/g)].map(({ 0: written, 1: name = '', index }) => {
    return {
      from: index,
      to: index + written.length,
      name,
      context: 'double' as const,
      pipeline,
      command: 0,
      line: null,
      users: [],
    };
  });
  return found.filter(({ name }) => names.has(name));
}
