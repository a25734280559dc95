import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type Recording, recorded } from '../../../src/simulation/stage/recording.ts';
import { scriptOf } from '../../../src/simulation/stage/script.ts';

const stories = new URL('../../../stories/', import.meta.url).pathname;

/** What a story that comes with Baton leaves in the journal. */
export function recordingsOf(name: string): Promise<readonly Recording[]> {
  const text = readFileSync(`${stories}${name}.story`, 'utf8');
  return recorded(scriptOf(name, text), () => setImmediate());
}

export async function recordingOf(name: string, workflow: string): Promise<Recording> {
  const found = (await recordingsOf(name)).find(({ opening }) => opening.workflow === workflow);
  if (found === undefined) throw new Error(`${name} has no ${workflow}`);
  return found;
}
