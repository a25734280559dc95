import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ReloadReport } from '../controller/reloading.ts';
import { Sentences } from './answers/common.ts';
import { listOf, route } from './route.ts';

const Reloaded = z.strictObject({
  changes: listOf(
    z.strictObject({
      key: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      takesEffect: z.enum(['at-once', 'at-restart']),
    }),
  ),
  waitsFor: Sentences,
});

/** Has the configuration read again, and says what has changed. */
export function registerReload(
  server: FastifyInstance,
  reload: (who: string) => Promise<ReloadReport>,
): void {
  route(server, {
    method: 'POST',
    needs: 'admin',
    path: '/reload',
    says: 'Has the configuration read again, and says what has changed.',
    body: z.object({ by: z.string().trim().min(1) }),
    answer: Reloaded,
    handle: ({ body }) => reload(body.by),
  });
}
