import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from '../engine/ports.ts';

/** Beside the state file, in a directory of their own. */
export function filesBeside(stateFile: string): Evidence {
  const directory = `${stateFile}.errant`;
  return {
    async keep(name, text) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const path = join(directory, name);
      const file = await open(path, 'w', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      return path;
    },
  };
}
