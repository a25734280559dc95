import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Publication, PublicationPreview } from './answers/publication.ts';
import { listOf, route } from './route.ts';

const Wish = z.object({ cluster: z.string().min(1).nullable().default(null) });

/** What the world is told of primaries: of one cluster, or of all where none is named. */
export function registerPublications(server: FastifyInstance, controller: Controller): void {
  route(server, {
    method: 'POST',
    needs: 'recover',
    path: '/publish',
    says: 'Tells the world of the primary where it is told something else.',
    body: Wish,
    answer: listOf(Publication),
    handle: ({ body }) => controller.publish(body.cluster),
  });
  route(server, {
    method: 'POST',
    needs: 'view',
    path: '/publish/preview',
    says: 'What would be written; tells nobody.',
    body: Wish,
    answer: listOf(PublicationPreview),
    handle: ({ body }) => controller.previewPublication(body.cluster),
  });
}
