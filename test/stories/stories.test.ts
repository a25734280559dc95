import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { retell } from '../../src/simulation/story.ts';

const here = new URL('.', import.meta.url).pathname;
const breathe = () => setImmediate();

it.each(readdirSync(here).filter((name) => name.endsWith('.story')))(
  '%s is told again as it is written, by the controller’s own parts (P10)',
  { timeout: 60_000 },
  async (name) => {
    const path = here + name;
    await expect(await retell(readFileSync(path, 'utf8'), { breathe })).toMatchFileSnapshot(path);
  },
);
