import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker, type Begun } from '../controller/requests/requests.ts';
import { read } from './read.ts';

const Named = z.object({ name: z.string().min(1) });
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
  server.post(
    '/baton/v1/clusters/:name/takeover',
    { config: { needs: 'recover' } },
    async ({ params, body }) =>
      begun(await controller.requests.takeover(read(Named, params).name, read(Takeover, body))),
  );
  server.post(
    '/baton/v1/clusters/:name/takeover/preview',
    { config: { needs: 'view' } },
    ({ params, body }) => controller.requests.previewTakeover(read(Named, params).name, read(Takeover, body)),
  );
  server.post(
    '/baton/v1/clusters/:name/force-failover',
    { config: { needs: 'recover' } },
    async ({ params, body }) =>
      begun(await controller.requests.force(read(Named, params).name, null, read(Asker, body))),
  );
  server.post('/baton/v1/clusters/:name/force/preview', { config: { needs: 'view' } }, ({ params, body }) => {
    const { to, ...asker } = read(Forced, body);
    return controller.requests.previewForced(read(Named, params).name, to, asker);
  });
  server.post(
    '/baton/v1/clusters/:name/force-takeover',
    { config: { needs: 'recover' } },
    async ({ params, body }) => {
      const { to, ...asker } = read(ForcedTakeover, body);
      return begun(await controller.requests.force(read(Named, params).name, to, asker));
    },
  );
  server.post(
    '/baton/v1/instances/:name/recover',
    { config: { needs: 'recover' } },
    async ({ params, body }) => {
      const { runsHooks, candidate, ...asker } = read(Recovering, body);
      return begun(
        await controller.requests.recover(read(Named, params).name, asker, { runsHooks, candidate }),
      );
    },
  );
  server.post(
    '/baton/v1/instances/:name/recover/preview',
    { config: { needs: 'view' } },
    ({ params, body }) => {
      const { runsHooks, candidate, ...asker } = read(Recovering, body);
      return controller.requests.previewRecover(read(Named, params).name, asker, { runsHooks, candidate });
    },
  );
  server.post('/baton/v1/cancel', { config: { needs: 'recover' } }, ({ body }) => {
    const { what, ...asker } = read(Cancelling, body);
    return controller.requests.cancel(what, asker);
  });
}

function begun({ uid, workflow }: Begun): Pick<Begun, 'uid' | 'workflow'> {
  return { uid, workflow };
}
