import { z } from 'zod';
import { Anchor, Extent, Fact, type StoredPages, StoredRun } from '../journal/archive.ts';
import { pagesOfFile } from '../journal/sqlite-pages.ts';
import { type Daemon, daemonOf } from './daemon.ts';

/** Uses a state file that is named, which is only read, or else the journal of the controller that runs. */
export async function withPages<Result>(
  which: { file: string | undefined; config: string | undefined },
  use: (pages: StoredPages) => Promise<Result>,
): Promise<Result> {
  if (which.file === undefined) return use(pagesOfDaemon(await daemonOf(which.config)));
  const pages = await pagesOfFile(which.file);
  try {
    return await use(pages);
  } finally {
    await pages.close();
  }
}

function pagesOfDaemon(daemon: Daemon): StoredPages {
  const get = async <Shape extends z.ZodType>(shape: Shape, path: string): Promise<z.output<Shape>> =>
    shape.parse(await daemon.get(`/baton/v1/journal${path}`));
  return {
    extent: () => get(Extent, ''),
    facts: () => get(z.array(Fact), '/facts'),
    anchors: (after, limit) => get(z.array(Anchor), `/anchors?after=${after}&limit=${limit}`),
    stored: (after, limit) => get(z.array(StoredRun), `/runs?after=${after}&limit=${limit}`),
  };
}
