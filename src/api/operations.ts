import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Operation } from '../../workflows/operation.ts';
import type { Controller } from '../controller/controller.ts';
import { Asker } from '../controller/requests/requests.ts';
import { read } from './read.ts';

const Wish = Asker.extend({ operation: Operation });
const Preview = z.object({ operation: Operation });
const Named = z.object({ uid: z.string().min(1) });

/** Operations on topologies that work: moving a replica, stopping a thread, changing a setting. */
export function registerOperations(server: FastifyInstance, controller: Controller): void {
  server.post('/baton/v1/operations/preview', { config: { needs: 'view' } }, ({ body }) =>
    controller.operations.preview(read(Preview, body).operation),
  );
  server.post('/baton/v1/operations', { config: { needs: 'recover' } }, async ({ body }) => {
    const { operation, by, why } = read(Wish, body);
    return { uid: await controller.operations.begin(operation, { by, why }) };
  });
  server.get('/baton/v1/operations/:uid', { config: { needs: 'view' } }, ({ params }) =>
    controller.operations.report(read(Named, params).uid),
  );
}
