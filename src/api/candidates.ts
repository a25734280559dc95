import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { read } from './read.ts';

const Named = z.object({ name: z.string().min(1) });
const Registration = Asker.extend({ rule: z.string().min(1) });

/** Promotion rules that are registered for instances. */
export function registerCandidates(server: FastifyInstance, controller: Controller): void {
  server.get('/baton/v1/candidates', { config: { needs: 'view' } }, async () =>
    controller.kept.candidates.report(),
  );
  server.post(
    '/baton/v1/instances/:name/promotion-rule',
    { config: { needs: 'recover' } },
    async ({ params, body }) => {
      const instance = controller.instanceMeant(read(Named, params).name);
      const { rule, ...asker } = read(Registration, body);
      await controller.kept.candidates.register(instance, rule, asker);
      return controller.kept.candidates.report();
    },
  );
}
