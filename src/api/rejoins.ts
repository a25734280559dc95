import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { read } from './read.ts';

const Named = z.object({ name: z.string().min(1) });
const Run = z.object({ uid: z.string().min(1) });
const Wish = Asker.extend({ rebuilds: z.boolean().default(false) });
const Preview = z.object({ rebuilds: z.boolean().default(false) });

/** What becomes of primaries that were replaced. */
export function registerRejoins(server: FastifyInstance, controller: Controller): void {
  server.post(
    '/baton/v1/instances/:name/rejoin',
    { config: { needs: 'recover' } },
    async ({ params, body }) => ({
      uid: await controller.rejoins.begin(read(Named, params).name, read(Wish, body)),
    }),
  );
  server.post('/baton/v1/instances/:name/rejoin/preview', { config: { needs: 'view' } }, ({ params, body }) =>
    controller.rejoins.preview(read(Named, params).name, read(Preview, body)),
  );
  server.get('/baton/v1/rejoins/:uid', { config: { needs: 'view' } }, ({ params }) =>
    controller.rejoins.report(read(Run, params).uid),
  );
  server.post(
    '/baton/v1/instances/:name/split',
    { config: { needs: 'recover' } },
    async ({ params, body }) => {
      controller.rejoins.split(read(Named, params).name, read(Asker, body));
      return { split: true };
    },
  );
  server.post(
    '/baton/v1/instances/:name/split/preview',
    { config: { needs: 'view' } },
    async ({ params }) => ({
      plan: controller.rejoins.previewSplit(read(Named, params).name),
    }),
  );
}
