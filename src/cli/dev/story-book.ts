import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { type Script, scriptOf } from '../../simulation/stage/script.ts';

const ending = '.story';

/** The stories that come with Baton, and those of other folders; of two with one name the later one counts. */
export async function storyBook(folders: readonly string[]): Promise<readonly Script[]> {
  const book = new Map<string, Script>();
  for (const folder of [ownStories(), ...folders]) {
    const files = await readdir(folder).catch((error: unknown) => {
      throw unreadable(folder, error);
    });
    for (const file of files.filter((name) => name.endsWith(ending)).sort()) {
      const script = await storyIn(join(folder, file));
      // What is only played over and over leaves nothing to be played once.
      if (script.commands.length > 0) book.set(script.name, script);
    }
  }
  return [...book.values()];
}

/** Throws `usage` where the file cannot be read. */
export async function storyIn(file: string): Promise<Script> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  return scriptOf(basename(file, ending), text);
}

/** Beside the package's own package.json, in a checkout as where it was installed. */
function ownStories(): string {
  return join(dirname(createRequire(import.meta.url).resolve('baton/package.json')), 'stories');
}

function unreadable(place: string, error: unknown): BatonError {
  return new BatonError('usage', `no stories can be read from ${place}: ${messageOf(error)}`);
}
