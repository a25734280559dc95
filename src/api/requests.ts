import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker, type Begun as BegunRequest } from '../controller/requests/requests.ts';
import { Begun, TakeoverPreview } from './answers/common.ts';
import { Cancelled } from './answers/recovery.ts';
import { Named, route } from './route.ts';

const Takeover = Asker.extend({
  to: z.string().min(1).nullable().default(null),
  auto: z.boolean().default(false),
});
const Forced = Asker.extend({ to: z.string().min(1).nullable().default(null) });
const ForcedTakeover = Asker.extend({ to: z.string().min(1) });
const Cancelling = Asker.extend({ what: z.string().min(1).nullable().default(null) });
const Recovering = Asker.extend({
  runsHooks: z.boolean().default(true),
  candidate: z.string().min(1).nullable().default(null),
});

/** What people ask to be done. Each answers with its uid as soon as it stands in the journal, and goes on by itself. */
export function registerRequests(server: FastifyInstance, controller: Controller): void {
  const change = { method: 'POST', needs: 'recover', params: Named, answer: Begun } as const;
  const preview = { method: 'POST', needs: 'view', params: Named, answer: TakeoverPreview } as const;
  route(server, {
    ...change,
    path: '/clusters/:name/takeover',
    says: 'Begins a planned change of primary.',
    body: Takeover,
    handle: async ({ params, body }) => begun(await controller.requests.takeover(params.name, body)),
  });
  route(server, {
    ...preview,
    path: '/clusters/:name/takeover/preview',
    says: 'Whether that can be made, by whom, and what would be done; nothing is touched.',
    body: Takeover,
    handle: ({ params, body }) => controller.requests.previewTakeover(params.name, body),
  });
  route(server, {
    ...change,
    path: '/clusters/:name/force-failover',
    says: 'Replaces the primary as if it were dead, whatever it says itself.',
    body: Asker,
    handle: async ({ params, body }) => begun(await controller.requests.force(params.name, null, body)),
  });
  route(server, {
    ...preview,
    path: '/clusters/:name/force/preview',
    says: 'What that would do, and who would be promoted; nothing is touched.',
    body: Forced,
    handle: ({ params, body: { to, ...asker } }) => controller.requests.previewForced(params.name, to, asker),
  });
  route(server, {
    ...change,
    path: '/clusters/:name/force-takeover',
    says: 'Replaces the primary by this replica as if it were dead.',
    body: ForcedTakeover,
    handle: async ({ params, body: { to, ...asker } }) =>
      begun(await controller.requests.force(params.name, to, asker)),
  });
  route(server, {
    ...change,
    path: '/instances/:name/recover',
    says: 'Recovers an instance that is found to have failed, though Baton would leave it alone.',
    body: Recovering,
    handle: async ({ params, body: { runsHooks, candidate, ...asker } }) =>
      begun(await controller.requests.recover(params.name, asker, { runsHooks, candidate })),
  });
  route(server, {
    ...preview,
    path: '/instances/:name/recover/preview',
    says: 'What that would do; nothing is touched.',
    body: Recovering,
    handle: ({ params, body: { runsHooks, candidate, ...asker } }) =>
      controller.requests.previewRecover(params.name, asker, { runsHooks, candidate }),
  });
  route(server, {
    method: 'POST',
    needs: 'recover',
    path: '/cancel',
    says: 'Has a change of a cluster stop where it still can.',
    body: Cancelling,
    answer: Cancelled,
    handle: ({ body: { what, ...asker } }) => controller.requests.cancel(what, asker),
  });
}

function begun({ uid, workflow }: BegunRequest): Pick<BegunRequest, 'uid' | 'workflow'> {
  return { uid, workflow };
}
