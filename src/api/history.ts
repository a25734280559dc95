import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { read } from './read.ts';

/** The page is counted from 0. */
const Page = z.object({
  instance: z.string().min(1).optional(),
  page: z.coerce.number().int().min(0).max(1_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
const Limit = z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) });

/** What happened, newest first: who did what, what was detected, and what analysis came to say. */
export function registerHistory(server: FastifyInstance, controller: Controller): void {
  const view = { config: { needs: 'view' } } as const;
  server.get('/baton/v1/audit', view, ({ query }) => {
    const { instance, page, limit } = read(Page, query);
    const only = instance === undefined ? null : controller.instanceMeant(instance);
    return controller.history.audit({ instance: only, skip: page * limit, limit });
  });
  server.get('/baton/v1/detections', view, ({ query }) =>
    controller.history.detections(read(Limit, query).limit),
  );
  server.get('/baton/v1/changelog', view, async () =>
    controller.history.changelog().map(({ instance, changes }) => ({
      instance,
      changes: changes.map(({ at, codes }) => ({ at: new Date(at).toISOString(), codes })),
    })),
  );
}
