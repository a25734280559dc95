import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { TaggedInstance, Tags, Untagged } from './answers/kept.ts';
import { listOf, Named, route } from './route.ts';

const Tagging = Asker.extend({ tag: z.string().min(1) });

/** What instances are tagged with. */
export function registerTags(server: FastifyInstance, controller: Controller): void {
  const view = { method: 'GET', needs: 'view' } as const;
  const change = { method: 'POST', needs: 'recover', body: Tagging } as const;
  const tagged = { path: '/instances/:name/tags', params: Named } as const;
  route(server, {
    ...view,
    path: '/tags',
    says: 'All instances that are tagged; those of which the expression `tag` holds, where there is one.',
    query: z.object({ tag: z.string().min(1).optional() }),
    answer: listOf(TaggedInstance),
    handle({ query: { tag } }) {
      const { all } = controller.kept.tags;
      if (tag === undefined) return all;
      const those = new Set(controller.kept.tags.tagged(tag));
      return all.filter(({ instance }) => those.has(instance));
    },
  });
  route(server, {
    ...change,
    path: '/tags/remove',
    says: 'Takes a tag off every instance that has it.',
    answer: Untagged,
    handle: async ({ body: { tag, ...asker } }) => ({
      untagged: await controller.kept.tags.removeEverywhere(tag, asker),
    }),
  });
  route(server, {
    ...view,
    ...tagged,
    says: 'What an instance is tagged with.',
    answer: Tags,
    handle: ({ params }) => controller.kept.tags.of(controller.instanceMeant(params.name)),
  });
  route(server, {
    ...change,
    ...tagged,
    says: 'Tags an instance: `name=value`, or a name alone.',
    answer: Tags,
    async handle({ params, body: { tag, ...asker } }) {
      const instance = controller.instanceMeant(params.name);
      await controller.kept.tags.set(instance, tag, asker);
      return controller.kept.tags.of(instance);
    },
  });
  route(server, {
    ...change,
    path: '/instances/:name/tags/remove',
    params: Named,
    says: 'Takes a tag off an instance.',
    answer: Untagged,
    handle: async ({ params, body: { tag, ...asker } }) => ({
      untagged: await controller.kept.tags.remove(controller.instanceMeant(params.name), tag, asker),
    }),
  });
}
