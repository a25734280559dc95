import type { FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import type { LeaderReport } from '../controller/reports.ts';
import { Cluster, FoundProblem, Leader } from './answers/cluster.ts';
import { listOf, route } from './route.ts';
import { sharedAnswer } from './shared-answer.ts';

/** What is watched, what is wrong with it, and which controller acts upon it. */
export function registerTopology(server: FastifyInstance, controller: Controller): void {
  const clusters = sharedAnswer(server, () => controller.clusters());
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/clusters',
    says: 'All clusters with their instances.',
    answer: listOf(Cluster),
    handle: clusters,
  });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/findings',
    says: 'What is wrong now, who says so, and how the gates stand.',
    answer: listOf(FoundProblem),
    handle: () => controller.findings(),
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
        return { name: null, since: null, isOurs: false, cutOff: controller.cutOffBecause() };
      return { ...leader, since: new Date(leader.since).toISOString(), cutOff: null };
    },
  });
}
