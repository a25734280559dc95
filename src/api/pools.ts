import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { InstanceKey } from '../kernel/instance-key.ts';
import { PooledInstance } from './answers/kept.ts';
import { listOf, Named, route } from './route.ts';

const Pool = z.object({ pool: z.string().min(1).optional() });

/** The pools in which instances serve. */
export function registerPools(server: FastifyInstance, controller: Controller): void {
  const view = { method: 'GET', needs: 'view' } as const;
  route(server, {
    ...view,
    path: '/pools',
    says: 'Which instances serve in which pools, of one cluster or pool where one is named.',
    query: Pool.extend({ cluster: z.string().min(1).optional() }),
    answer: listOf(PooledInstance),
    handle({ query: { cluster, pool = null } }) {
      const id = cluster === undefined ? null : controller.clusterMeant(cluster).id;
      return controller.kept.pools.instances(id, pool);
    },
  });
  route(server, {
    ...view,
    path: '/clusters/:name/pool-lag',
    says: 'By how much the pool’s slowest replica of this cluster lags; null where nobody knows.',
    params: Named,
    query: Pool,
    answer: z.strictObject({ lagSeconds: z.number().nullable() }),
    handle({ params, query: { pool = null } }) {
      const { id } = controller.clusterMeant(params.name);
      return { lagSeconds: controller.kept.pools.lagSeconds(id, pool) };
    },
  });
  route(server, {
    method: 'POST',
    needs: 'recover',
    path: '/pools/:name',
    says: 'Says who is in a pool; whoever was in it before and is not named is in it no more.',
    params: Named,
    body: Asker.extend({ instances: z.array(z.string().min(1)) }),
    answer: z.strictObject({ instances: listOf(InstanceKey) }),
    handle: async ({ params, body: { instances, ...asker } }) => ({
      instances: await controller.kept.pools.submit(params.name, instances, asker),
    }),
  });
}
