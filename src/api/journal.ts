import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { StoredPages } from '../journal/archive.ts';
import { read } from './read.ts';

const Page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** The journal as it is stored, page by page, so that a long one holds up nobody who writes. */
export function registerJournal(server: FastifyInstance, pages: StoredPages): void {
  server.get('/baton/v1/journal', { config: { needs: 'view' } }, () => pages.extent());
  server.get('/baton/v1/journal/facts', { config: { needs: 'view' } }, () => pages.facts());
  server.get('/baton/v1/journal/anchors', { config: { needs: 'view' } }, ({ query }) => {
    const { after, limit } = read(Page, query);
    return pages.anchors(after, limit);
  });
  server.get('/baton/v1/journal/runs', { config: { needs: 'view' } }, ({ query }) => {
    const { after, limit } = read(Page, query);
    return pages.stored(after, limit);
  });
}
