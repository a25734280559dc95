import type { FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';

/** What is watched and what is wrong with it. */
export function registerTopology(server: FastifyInstance, controller: Controller): void {
  server.get('/baton/v1/clusters', async () => controller.clusters());
  server.get('/baton/v1/findings', () => controller.findings());
}
