import type { StoredPages } from './archive.ts';
import { SqliteThread } from './sqlite-thread.ts';

/** A state file that is only read, and held by nobody. Throws `journal-busy` and `journal-broken`. */
export async function pagesOfFile(file: string): Promise<StoredPages & { close(): Promise<void> }> {
  const thread = await SqliteThread.start(file, 'read');
  return {
    extent: () => thread.ask('extent'),
    stored: (after, limit) => thread.ask('stored', after, limit),
    anchors: (after, limit) => thread.ask('anchors', after, limit),
    facts: () => thread.ask('facts'),
    close: () => thread.close(),
  };
}
