import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { read } from './read.ts';

const Named = z.object({ name: z.string().min(1) });
const Alias = Asker.extend({ alias: z.string() });

/** Which instances are watched, and what their clusters are called. */
export function registerDiscovery(server: FastifyInstance, controller: Controller): void {
  const change = { config: { needs: 'recover' } } as const;
  const view = { config: { needs: 'view' } } as const;
  server.post('/baton/v1/instances/:name/discover', change, async ({ params, body }) => ({
    instance: await controller.discovery.discover(read(Named, params).name, read(Asker, body)),
  }));
  server.post('/baton/v1/instances/:name/forget', change, async ({ params, body }) => ({
    forgotten: [await controller.discovery.forget(read(Named, params).name, read(Asker, body))],
  }));
  server.post('/baton/v1/instances/:name/forget/preview', view, async ({ params }) => ({
    plan: controller.discovery.previewForget(read(Named, params).name),
  }));
  server.post('/baton/v1/clusters/:name/forget', change, async ({ params, body }) => {
    const cluster = controller.clusterMeant(read(Named, params).name);
    return { forgotten: await controller.discovery.forgetCluster(cluster, read(Asker, body)) };
  });
  server.post('/baton/v1/clusters/:name/alias', change, async ({ params, body }) => {
    const cluster = controller.clusterMeant(read(Named, params).name);
    const { alias, ...asker } = read(Alias, body);
    await controller.kept.aliases.set(cluster, alias, asker);
    return { alias: controller.clusterMeant(cluster.id).alias };
  });
}
