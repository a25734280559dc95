import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { read } from './read.ts';

const Named = z.object({ name: z.string().min(1) });
const Wanted = z.object({ cluster: z.string().min(1).optional(), pool: z.string().min(1).optional() });
const Pool = z.object({ pool: z.string().min(1).optional() });
const Submission = Asker.extend({ instances: z.array(z.string().min(1)) });

/** The pools in which instances serve. */
export function registerPools(server: FastifyInstance, controller: Controller): void {
  const view = { config: { needs: 'view' } } as const;
  server.get('/baton/v1/pools', view, async ({ query }) => {
    const { cluster, pool = null } = read(Wanted, query);
    const id = cluster === undefined ? null : controller.clusterMeant(cluster).id;
    return controller.kept.pools.instances(id, pool);
  });
  server.get('/baton/v1/clusters/:name/pool-lag', view, async ({ params, query }) => {
    const { id } = controller.clusterMeant(read(Named, params).name);
    return { lagSeconds: controller.kept.pools.lagSeconds(id, read(Pool, query).pool ?? null) };
  });
  server.post('/baton/v1/pools/:name', { config: { needs: 'recover' } }, async ({ params, body }) => {
    const { instances, ...asker } = read(Submission, body);
    return { instances: await controller.kept.pools.submit(read(Named, params).name, instances, asker) };
  });
}
