import type { FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import type { LeaderReport } from '../controller/reports.ts';

/** What is watched, what is wrong with it, and which controller acts upon it. */
export function registerTopology(server: FastifyInstance, controller: Controller): void {
  server.get('/baton/v1/clusters', { config: { needs: 'view' } }, async () => controller.clusters());
  server.get('/baton/v1/findings', { config: { needs: 'view' } }, () => controller.findings());
  server.get('/baton/v1/leader', { config: { needs: 'view' } }, async (): Promise<LeaderReport> => {
    const leader = controller.leader();
    if (leader === null)
      return { name: null, since: null, isOurs: false, cutOff: controller.cutOffBecause() };
    return { ...leader, since: new Date(leader.since).toISOString(), cutOff: null };
  });
}
