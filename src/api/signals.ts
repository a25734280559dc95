import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { Signal } from './answers/signal.ts';
import { listOf, route } from './route.ts';

const Wanted = z.object({
  cluster: z.string().min(1).max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What Pacemaker, keepalived and Heartbeat told of hosts. */
export function registerSignals(server: FastifyInstance, controller: Controller): void {
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/signals',
    says: 'What other systems told of the hosts of a cluster’s instances, or of all nodes; the latest first.',
    query: Wanted,
    answer: listOf(Signal),
    handle: ({ query: { cluster = null, limit } }) => controller.signals(cluster, limit),
  });
}
