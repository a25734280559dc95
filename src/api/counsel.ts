import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';

const Named = z.object({ name: z.string().min(1) });

/** Would it work, and why not? */
export function registerCounsel(server: FastifyInstance, controller: Controller): void {
  server.get('/baton/v1/readiness', { config: { needs: 'view' } }, async () => controller.readiness(null));
  server.get('/baton/v1/clusters/:name/readiness', { config: { needs: 'view' } }, async ({ params }) => {
    const [readiness] = controller.readiness(Named.parse(params).name);
    return readiness;
  });
  server.get('/baton/v1/clusters/:name/explain', { config: { needs: 'view' } }, ({ params }) =>
    controller.explain(Named.parse(params).name),
  );
  server.get('/baton/v1/clusters/:name/succession', { config: { needs: 'view' } }, async ({ params }) =>
    controller.succession(Named.parse(params).name),
  );
}
