import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { changingNames } from '../controller/changes.ts';
import type { Controller } from '../controller/controller.ts';
import { Acknowledgement, Approval } from '../controller/reports.ts';
import { read } from './read.ts';

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(20),
  /** A workflow that changes clusters, or `all` of them; recoveries and takeovers where nothing is said. */
  kind: z.enum(['all', ...changingNames]).optional(),
});
const Named = z.object({ name: z.string().min(1) });

/** What was and is being recovered. */
export function registerRecoveries(server: FastifyInstance, controller: Controller): void {
  server.get('/baton/v1/recoveries', { config: { needs: 'view' } }, ({ query }) => {
    const { limit, kind } = read(Page, query);
    if (kind === undefined) return controller.recoveries(limit);
    return controller.recoveries(limit, kind === 'all' ? changingNames : [kind]);
  });
  server.get('/baton/v1/recoveries/:name', { config: { needs: 'view' } }, ({ params }) =>
    controller.recovery(read(Named, params).name),
  );
  server.post(
    '/baton/v1/recoveries/:name/acknowledge',
    { config: { needs: 'acknowledge' } },
    async ({ params, body }) => {
      const { by, why } = read(Acknowledgement, body);
      await controller.acknowledge({ kind: 'recovery', name: read(Named, params).name }, by, why);
      return { acknowledged: true };
    },
  );
  server.post(
    '/baton/v1/recoveries/:name/approve',
    { config: { needs: 'approve' } },
    async ({ params, body }) => {
      const { answer, by, why } = read(Approval, body);
      await controller.approve(read(Named, params).name, answer, by, why);
      return { answered: answer };
    },
  );
}
