import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { read } from './read.ts';

const Wish = z.object({ cluster: z.string().min(1).nullable().default(null) });

/** What the world is told of primaries: of one cluster, or of all where none is named. */
export function registerPublications(server: FastifyInstance, controller: Controller): void {
  server.post('/baton/v1/publish', { config: { needs: 'recover' } }, ({ body }) =>
    controller.publish(read(Wish, body).cluster),
  );
  server.post('/baton/v1/publish/preview', { config: { needs: 'view' } }, ({ body }) =>
    controller.previewPublication(read(Wish, body).cluster),
  );
}
