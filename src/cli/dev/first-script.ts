import { readFile } from 'node:fs/promises';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { nearest } from '../../config/spelling.ts';
import { DrawnFleet, fleetAsDrawn, fleetOf } from '../../simulation/stage/fleets.ts';
import type { Script } from '../../simulation/stage/script.ts';
import { storyIn } from './story-book.ts';

/** What the command line says is to be played first. */
export interface Wanted {
  readonly story?: string;
  readonly fleet?: string;
  readonly instances?: number;
  readonly clusters?: number;
}

const usual = 'dead-primary';

/** The story, the fleet of a file, or so many servers. Throws `usage`. */
export async function firstScript(wanted: Wanted, book: readonly Script[]): Promise<Script> {
  if (wanted.fleet !== undefined) return drawnIn(wanted.fleet);
  if (wanted.instances !== undefined) return fleetOf(wanted.instances, wanted.clusters);
  const name = wanted.story ?? usual;
  if (name.endsWith('.story')) return storyIn(name);
  const found = book.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = book.map((one) => one.name);
  const meant = nearest(name, names);
  const hint = meant === null ? `there are: ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new BatonError('usage', `there is no story called "${name}"; ${hint}`);
}

async function drawnIn(file: string): Promise<Script> {
  try {
    return fleetAsDrawn(DrawnFleet.parse(JSON.parse(await readFile(file, 'utf8'))));
  } catch (error) {
    throw new BatonError(
      'usage',
      `${file} is no fleet as \`baton topology --json\` prints it: ${messageOf(error)}`,
    );
  }
}
