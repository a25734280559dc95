import type { Controller } from '../../../controller/controller.ts';
import { type Answer, bare, ok } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { timestamp } from '../shapes/values.ts';

export const statusRoute: Route = { path: 'status', needs: 'nobody', answer: health };

/** Whether this controller is well and leads: for load balancers, which sign in nowhere. */
export const healthRoutes: readonly Route[] = [
  { path: 'health', needs: 'nobody', answer: health },
  statusRoute,
  { path: 'lb-check', needs: 'nobody', answer: () => bare('OK') },
  { path: '_ping', needs: 'nobody', answer: () => bare('OK') },
  { path: 'leader-check', needs: 'nobody', answer: leaderCheck },
  { path: 'leader-check/:errorStatusCode', needs: 'nobody', answer: leaderCheck },
  // Whoever follows answers what the leader does, if questions can be handed on to that one.
  { path: 'routed-leader-check', needs: 'nobody', by: 'leader', answer: leaderCheck },
  { path: 'raft-state', needs: 'view', answer: raftState },
  { path: 'raft-leader', needs: 'view', answer: raftLeader },
  { path: 'raft-health', needs: 'view', answer: raftHealth },
  { path: 'raft-status', needs: 'view', answer: raftStatus },
  { path: 'raft-peers', needs: 'view', answer: raftPeers },
];

function isLeading(controller: Controller): boolean {
  return controller.leader()?.isOurs === true;
}

function health(_: Asked, { controller }: Served): Answer {
  const { settings, now } = controller.view;
  const leader = controller.leader();
  const at = timestamp(now());
  const node = (name: string, since: number) => ({
    Hostname: name,
    Token: name,
    AppVersion: 'baton',
    FirstSeenActive: timestamp(since),
    LastSeenActive: at,
    ExtraInfo: '',
    Command: '',
    DBBackend: '',
    LastReported: '0001-01-01T00:00:00Z',
  });
  const active = node(leader?.name ?? '', leader?.since ?? 0);
  const isShared = isSeveral(controller);
  return ok('Application node is healthy', {
    Healthy: true,
    Hostname: settings.hostname,
    Token: settings.hostname,
    IsActiveNode: isLeading(controller),
    ActiveNode: active,
    Error: null,
    AvailableNodes: leader === null ? [] : [active],
    RaftLeader: isShared ? (leader?.name ?? '') : '',
    IsRaftLeader: isShared && isLeading(controller),
    RaftLeaderURI: isShared ? (leader?.address ?? '') : '',
    RaftAdvertise: '',
    RaftHealthyMembers: null,
  });
}

/** The status that a follower answers with may be chosen, for balancers that know only some (orchestrator 3.2.6, section 5.4). */
function leaderCheck(asked: Asked, { controller }: Served): Answer {
  if (isLeading(controller)) return bare('OK');
  const wanted = asked.number('errorStatusCode');
  return bare('Not leader', wanted >= 400 && wanted <= 599 ? wanted : 404);
}

/** Several controllers agree by etcd here, where orchestrator’s agree by raft: its words are answered by what they ask for. */
function isSeveral({ view }: Controller): boolean {
  return view.config.Coordination.Kind !== 'single';
}

function raftState(asked: Asked, served: Served): Answer {
  return amongSeveral(asked, served, (controller) => (isLeading(controller) ? 'Leader' : 'Follower'));
}

function raftLeader(asked: Asked, served: Served): Answer {
  return amongSeveral(asked, served, (controller) => controller.leader()?.name ?? '');
}

function raftHealth(asked: Asked, served: Served): Answer {
  return amongSeveral(asked, served, (controller) =>
    controller.leader() === null ? 'unhealthy' : 'healthy',
  );
}

function raftStatus(asked: Asked, served: Served): Answer {
  return amongSeveral(asked, served, (controller) => ({
    IsPartOfQuorum: controller.leader() !== null,
    State: isLeading(controller) ? 'Leader' : 'Follower',
    Leader: controller.leader()?.name ?? '',
    LeaderURI: controller.leader()?.address ?? '',
  }));
}

function raftPeers(asked: Asked, served: Served): Answer {
  return amongSeveral(asked, served, (controller) => [controller.leader()?.name ?? '']);
}

function amongSeveral(
  asked: Asked,
  { controller }: Served,
  answer: (controller: Controller) => unknown,
): Answer {
  if (isSeveral(controller)) return bare(answer(controller));
  return {
    kind: 'envelope',
    body: { Code: 'ERROR', Message: `${asked.word}: not running with raft setup`, Details: null },
  };
}
