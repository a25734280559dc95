import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { BatonError } from '../kernel/errors.ts';
import { TakeoverPreview } from './answers/common.ts';
import { Explanation, InstanceVerdict, Readiness, Succession } from './answers/counsel.ts';
import { listOf, Named, route } from './route.ts';

/** Would it work, and why not? */
export function registerCounsel(server: FastifyInstance, controller: Controller): void {
  const get = { method: 'GET', needs: 'view' } as const;
  route(server, {
    ...get,
    path: '/readiness',
    says: 'How well a failover of each cluster would go now, the worst first.',
    answer: listOf(Readiness),
    handle: () => controller.readiness(null),
  });
  route(server, {
    ...get,
    path: '/clusters/:name/readiness',
    says: 'How well a failover of this cluster would go now, and what it would fail on.',
    params: Named,
    answer: Readiness,
    handle({ params: { name } }) {
      const [readiness] = controller.readiness(name);
      if (readiness === undefined) throw new BatonError('cluster-unknown', `no cluster is called ${name}`);
      return readiness;
    },
  });
  route(server, {
    ...get,
    path: '/clusters/:name/explain',
    says: 'Why Baton would act on this cluster, or would not, gate by gate.',
    params: Named,
    answer: Explanation,
    handle: ({ params }) => controller.explain(params.name),
  });
  route(server, {
    ...get,
    path: '/clusters/:name/succession',
    says: 'Who would be promoted if the primary died now, and why not another.',
    params: Named,
    answer: Succession,
    handle: ({ params }) => controller.succession(params.name),
  });
  route(server, {
    ...get,
    path: '/instances/:name/verdict',
    says: 'Who says what of an instance that something is found to be wrong with; null where nothing is.',
    params: Named,
    answer: z.strictObject({ verdict: InstanceVerdict.nullable() }),
    async handle({ params: { name } }) {
      const instance = controller.instanceMeant(name);
      const found = (await controller.findings()).find((finding) => finding.instance === instance);
      return { verdict: found?.verdict ?? null };
    },
  });
  route(server, {
    method: 'POST',
    needs: 'view',
    path: '/clusters/:name/rehearse',
    says: 'What would be done if the primary died now, step by step with the statements; nothing is touched.',
    params: Named,
    answer: TakeoverPreview,
    handle: ({ params }) =>
      controller.requests.previewForced(params.name, null, { by: 'rehearsal', why: 'a rehearsal' }),
  });
}
