import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { changingNames } from '../controller/changes.ts';
import type { Controller } from '../controller/controller.ts';
import { Acknowledgement, Approval } from '../controller/reports.ts';
import { HookAnswer } from '../engine/record.ts';
import { BatonError } from '../kernel/errors.ts';
import { DataVerdict, HookRun, Recovery, RecoveryStory } from './answers/recovery.ts';
import { hookRunsOf } from './hook-runs.ts';
import { listOf, Named, route } from './route.ts';

const mostListed = 1_000;

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(mostListed).default(20),
  /** The uid of the last one of the page before. */
  after: z.string().min(1).optional(),
  /** A workflow that changes clusters, or `all` of them; recoveries and takeovers where nothing is said. */
  kind: z.enum(['all', ...changingNames]).optional(),
});

/** What was and is being recovered. */
export function registerRecoveries(server: FastifyInstance, controller: Controller): void {
  const one = { params: Named } as const;
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/recoveries',
    says: 'Recoveries and other changes, the newest first, a page at a time.',
    query: Page,
    answer: listOf(Recovery),
    async handle({ query: { limit, kind, after } }) {
      const kinds = kind === undefined ? undefined : kind === 'all' ? changingNames : [kind];
      if (after === undefined) return controller.recoveries(limit, kinds);
      const listed = await controller.recoveries(mostListed, kinds);
      const place = listed.findIndex(({ uid }) => uid === after);
      if (place < 0)
        throw new BatonError('run-unknown', `${after} is none of the newest ${mostListed} of these`);
      return listed.slice(place + 1, place + 1 + limit);
    },
  });
  route(server, {
    ...one,
    method: 'GET',
    needs: 'view',
    path: '/recoveries/:name',
    says: 'One of them with all its records.',
    answer: RecoveryStory,
    handle: ({ params }) => controller.recovery(params.name),
  });
  route(server, {
    ...one,
    method: 'GET',
    needs: 'view',
    path: '/recoveries/:name/verdict',
    says: 'What it has cost the data; null where nothing was promoted.',
    answer: z.strictObject({ dataVerdict: DataVerdict.nullable() }),
    handle: async ({ params }) => ({
      dataVerdict: (await controller.recovery(params.name)).recovery.dataVerdict,
    }),
  });
  route(server, {
    ...one,
    method: 'GET',
    needs: 'view',
    path: '/recoveries/:name/hooks',
    says: 'The runs of its hooks, with what they wrote.',
    answer: listOf(HookRun),
    async handle({ params }) {
      const { detection, records } = await controller.recovery(params.name);
      return [...hookRunsOf(detection), ...hookRunsOf(records)];
    },
  });
  route(server, {
    ...one,
    method: 'POST',
    needs: 'acknowledge',
    path: '/recoveries/:name/acknowledge',
    says: 'Somebody has seen how it ended, so it holds nothing back any more.',
    body: Acknowledgement,
    answer: z.strictObject({ acknowledged: z.literal(true) }),
    async handle({ params: { name }, body: { by, why } }) {
      await controller.acknowledge({ kind: 'recovery', name }, by, why);
      return { acknowledged: true as const };
    },
  });
  route(server, {
    ...one,
    method: 'POST',
    needs: 'approve',
    path: '/recoveries/:name/approve',
    says: 'A person’s word about a hook whose outcome nobody saw.',
    body: Approval,
    answer: z.strictObject({ answered: HookAnswer }),
    async handle({ params, body: { answer, by, why } }) {
      await controller.approve(params.name, answer, by, why);
      return { answered: answer };
    },
  });
}
