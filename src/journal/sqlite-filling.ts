import type { Filling } from './archive.ts';
import { SqliteThread } from './sqlite-thread.ts';

/**
 * A state file that takes in another journal, made where there is none. Until all of it is there no journal
 * is opened on it. Throws `journal-busy` and `journal-broken`.
 */
export async function fillFile(file: string): Promise<Filling & { close(): Promise<void> }> {
  const thread = await SqliteThread.start(file, 'fill');
  return {
    isEmpty: () => thread.ask('isEmpty'),
    put: (parts) => thread.ask('put', parts),
    finish: (extent) => thread.ask('finish', extent),
    close: () => thread.close(),
  };
}
