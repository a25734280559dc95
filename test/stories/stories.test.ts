import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { retell } from '../../src/simulation/story.ts';

/** Those that `baton dev` plays, and all others. */
const folders = ['../../stories/', '.'].map((folder) => new URL(folder, import.meta.url).pathname);
const stories = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.story'))
    .map((name): [string, string] => [name, folder + name]),
);
const breathe = () => setImmediate();

it.each(stories)(
  '%s is told again as it is written, by the controller’s own parts (P10)',
  { timeout: 60_000 },
  async (_, path) => {
    await expect(await retell(readFileSync(path, 'utf8'), { breathe })).toMatchFileSnapshot(path);
  },
);
