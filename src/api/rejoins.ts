import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { BegunRun, Plan, RejoinPreview } from './answers/common.ts';
import { RunReport } from './answers/recovery.ts';
import { Named, route } from './route.ts';

const Wish = Asker.extend({ rebuilds: z.boolean().default(false) });

/** What becomes of primaries that were replaced. */
export function registerRejoins(server: FastifyInstance, controller: Controller): void {
  route(server, {
    method: 'POST',
    needs: 'recover',
    path: '/instances/:name/rejoin',
    says: 'Has a replaced primary follow its successor, or be built anew from it.',
    params: Named,
    body: Wish,
    answer: BegunRun,
    handle: async ({ params, body }) => ({ uid: await controller.rejoins.begin(params.name, body) }),
  });
  route(server, {
    method: 'POST',
    needs: 'view',
    path: '/instances/:name/rejoin/preview',
    says: 'Whether a replaced primary can rejoin, and what would be done; nothing is touched.',
    params: Named,
    body: Wish.pick({ rebuilds: true }),
    answer: RejoinPreview,
    handle: ({ params, body }) => controller.rejoins.preview(params.name, body),
  });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/rejoins/:uid',
    says: 'How a rejoin stands.',
    params: z.object({ uid: z.string().min(1) }),
    answer: RunReport,
    handle: ({ params }) => controller.rejoins.report(params.uid),
  });
  route(server, {
    method: 'POST',
    needs: 'recover',
    path: '/instances/:name/split',
    says: 'Makes a replaced primary a cluster of its own.',
    params: Named,
    body: Asker,
    answer: z.strictObject({ split: z.literal(true) }),
    handle({ params, body }) {
      controller.rejoins.split(params.name, body);
      return { split: true as const };
    },
  });
  route(server, {
    method: 'POST',
    needs: 'view',
    path: '/instances/:name/split/preview',
    says: 'What that would do.',
    params: Named,
    answer: Plan,
    handle: ({ params }) => ({ plan: controller.rejoins.previewSplit(params.name) }),
  });
}
