import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { InstanceKey } from '../kernel/instance-key.ts';
import { Plan } from './answers/common.ts';
import { listOf, Named, route } from './route.ts';

const Forgotten = z.strictObject({ forgotten: listOf(InstanceKey) });

/** Which instances are watched, and what their clusters are called. */
export function registerDiscovery(server: FastifyInstance, controller: Controller): void {
  const change = { method: 'POST', needs: 'recover', params: Named, body: Asker } as const;
  route(server, {
    ...change,
    path: '/instances/:name/discover',
    says: 'Reads an instance now, and watches it and all that it leads to from now on.',
    answer: z.strictObject({ instance: InstanceKey }),
    handle: async ({ params, body }) => ({
      instance: await controller.discovery.discover(params.name, body),
    }),
  });
  route(server, {
    ...change,
    path: '/instances/:name/forget',
    says: 'Watches an instance no longer, until another server names it.',
    answer: Forgotten,
    handle: async ({ params, body }) => ({
      forgotten: [await controller.discovery.forget(params.name, body)],
    }),
  });
  route(server, {
    method: 'POST',
    needs: 'view',
    path: '/instances/:name/forget/preview',
    says: 'What that would mean; nothing is changed.',
    params: Named,
    answer: Plan,
    handle: ({ params }) => ({ plan: controller.discovery.previewForget(params.name) }),
  });
  route(server, {
    ...change,
    path: '/clusters/:name/forget',
    says: 'Watches none of a cluster’s instances any longer.',
    answer: Forgotten,
    handle: async ({ params, body }) => ({
      forgotten: await controller.discovery.forgetCluster(controller.clusterMeant(params.name), body),
    }),
  });
  route(server, {
    ...change,
    path: '/clusters/:name/alias',
    says: 'Calls a cluster by this alias; by its own again where it is empty.',
    body: Asker.extend({ alias: z.string() }),
    answer: z.strictObject({ alias: z.string() }),
    async handle({ params, body: { alias, ...asker } }) {
      const cluster = controller.clusterMeant(params.name);
      await controller.kept.aliases.set(cluster, alias, asker);
      return { alias: controller.clusterMeant(cluster.id).alias };
    },
  });
}
