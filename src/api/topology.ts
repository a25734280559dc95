import type { FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import type { LeaderReport } from '../controller/reports.ts';
import { Cluster, FoundProblem, Leader } from './answers/cluster.ts';
import { listOf, route } from './route.ts';
import { sharedAnswers } from './shared-answer.ts';

/** What is watched, what is wrong with it, and which controller acts upon it. */
export function registerTopology(server: FastifyInstance, controller: Controller): void {
  const shared = sharedAnswers(server, controller);
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/clusters',
    says: 'All clusters with their instances.',
    answer: listOf(Cluster),
    handle: () =>
      // Each is made when it is written, for that takes most of the time.
      shared.of('clusters', () =>
        controller.view.inventory.clusters.map(({ id }) => ({ toJSON: () => controller.cluster(id) })),
      ),
  });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/findings',
    says: 'What is wrong now, who says so, and how the gates stand.',
    answer: listOf(FoundProblem),
    handle: () => shared.of('findings', () => controller.findings()),
  });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/leader',
    says: 'Which controller leads.',
    answer: Leader,
    handle(): LeaderReport {
      const leader = controller.leader();
      if (leader === null)
        return { name: null, since: null, isOurs: false, address: null, cutOff: controller.cutOffBecause() };
      return { ...leader, since: new Date(leader.since).toISOString(), cutOff: null };
    },
  });
}
