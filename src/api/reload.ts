import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ReloadReport } from '../controller/reloading.ts';
import { read } from './read.ts';

const Asked = z.object({ by: z.string().trim().min(1) });

/** Has the configuration read again, and says what has changed. */
export function registerReload(
  server: FastifyInstance,
  reload: (who: string) => Promise<ReloadReport>,
): void {
  server.post('/baton/v1/reload', { config: { needs: 'admin' } }, async ({ body }) =>
    reload(read(Asked, body).by),
  );
}
