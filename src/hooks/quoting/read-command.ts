import { readList } from './list.ts';
import type { Pipeline, Place } from './place.ts';
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
    at: 0,
    end: text.length,
    wordFrom: 0,
    waiting: [],
    line: null,
  };
  try {
    readList(scan, [], null);
    if (scan.waiting.length > 0) throw new NotFollowed('a here-document has no body');
    return { places: scan.places, commands: scan.commands, problem: null, isBroken: false };
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

/** Double quotes stand for a context that is not known: nothing but plain values will be put there. */
function everyPlace(text: string, names: ReadonlySet<string>): readonly Place[] {
  const pipeline: Pipeline = { outer: null, readers: [] };
  const found = [...text.matchAll(/\{([A-Za-z]\w*)\}/g)].map(({ 0: written, 1: name = '', index }) => {
    return {
      from: index,
      to: index + written.length,
      name,
      context: 'double' as const,
      pipeline,
      line: null,
    };
  });
  return found.filter(({ name }) => names.has(name));
}
