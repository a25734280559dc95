import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { read } from './read.ts';

const Named = z.object({ name: z.string().min(1) });
const Wanted = z.object({ tag: z.string().min(1).optional() });
const Tagging = Asker.extend({ tag: z.string().min(1) });

/** What instances are tagged with. */
export function registerTags(server: FastifyInstance, controller: Controller): void {
  const view = { config: { needs: 'view' } } as const;
  const change = { config: { needs: 'recover' } } as const;
  const meant = (params: unknown) => controller.instanceMeant(read(Named, params).name);
  /** All that are tagged; those of which the expression `tag` holds, where there is one. */
  server.get('/baton/v1/tags', view, async ({ query }) => {
    const { tag } = read(Wanted, query);
    const { all } = controller.kept.tags;
    if (tag === undefined) return all;
    const those = new Set(controller.kept.tags.tagged(tag));
    return all.filter(({ instance }) => those.has(instance));
  });
  server.post('/baton/v1/tags/remove', change, async ({ body }) => {
    const { tag, ...asker } = read(Tagging, body);
    return { untagged: await controller.kept.tags.removeEverywhere(tag, asker) };
  });
  server.get('/baton/v1/instances/:name/tags', view, async ({ params }) =>
    controller.kept.tags.of(meant(params)),
  );
  server.post('/baton/v1/instances/:name/tags', change, async ({ params, body }) => {
    const instance = meant(params);
    const { tag, ...asker } = read(Tagging, body);
    await controller.kept.tags.set(instance, tag, asker);
    return controller.kept.tags.of(instance);
  });
  server.post('/baton/v1/instances/:name/tags/remove', change, async ({ params, body }) => {
    const { tag, ...asker } = read(Tagging, body);
    return { untagged: await controller.kept.tags.remove(meant(params), tag, asker) };
  });
}
