import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Anchor, Extent, Fact, StoredRun, type StoredPages } from '../journal/archive.ts';
import { listOf, route } from './route.ts';

const Page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** The journal as it is stored, page by page, so that a long one holds up nobody who writes. */
export function registerJournal(server: FastifyInstance, pages: StoredPages): void {
  const get = { method: 'GET', needs: 'view' } as const;
  route(server, {
    ...get,
    path: '/journal',
    says: 'How far the journal goes.',
    answer: Extent,
    handle: () => pages.extent(),
  });
  route(server, {
    ...get,
    path: '/journal/facts',
    says: 'What outlives the process beside the runs: inventory, cluster ids, what people forbid.',
    answer: listOf(Fact),
    handle: () => pages.facts(),
  });
  route(server, {
    ...get,
    path: '/journal/anchors',
    says: 'What stands for runs that were left out, a page at a time.',
    query: Page,
    answer: listOf(Anchor),
    handle: ({ query: { after, limit } }) => pages.anchors(after, limit),
  });
  route(server, {
    ...get,
    path: '/journal/runs',
    says: 'Runs as they are stored, seals and all, a page at a time.',
    query: Page,
    answer: listOf(StoredRun),
    handle: ({ query: { after, limit } }) => pages.stored(after, limit),
  });
}
