import type { LeftOut } from './route.ts';

const one = '/:host/:port';

/** One sentence for several routes. */
function all(because: string, ...paths: readonly string[]): readonly LeftOut[] {
  return paths.map((path) => ({ path, because }));
}

/** What orchestrator answers and Baton does not, and why: each answers `ERROR` with its sentence. */
export const leftOut: readonly LeftOut[] = [
  ...all(
    'Baton has no agents on the machines of servers: it copies servers by RebuildBy and hooks.',
    'agents',
    'agent/:host',
    'agent-umount/:host',
    'agent-mount/:host',
    'agent-create-snapshot/:host',
    'agent-removelv/:host',
    'agent-mysql-stop/:host',
    'agent-mysql-start/:host',
    'agent-seed/:targetHost/:sourceHost',
    'agent-active-seeds/:host',
    'agent-recent-seeds/:host',
    'agent-seed-details/:seedId',
    'agent-seed-states/:seedId',
    'agent-abort-seed/:seedId',
    'agent-custom-command/:host/:command',
    'seeds',
  ),
  ...all(
    'Controllers agree on who leads through etcd (Coordination); to have another one lead, stop the one that leads.',
    'grab-election',
    'reelect',
    'raft-yield/:node',
    'raft-yield-hint/:hint',
  ),
  ...all(
    'Controllers share their journal through etcd (Coordination), whose own tools name its members and save it.',
    'raft-add-peer/:addr',
    'raft-remove-peer/:addr',
    'raft-snapshot',
    'raft-follower-health-report/:token/:raftBind/:raftAdvertise',
  ),
  ...all(
    'Baton counts this for Prometheus, at /metrics.',
    'discovery-metrics-raw/:seconds',
    'discovery-queue-metrics-raw/:seconds',
    'discovery-queue-metrics-aggregated/:seconds',
    'backend-query-metrics-raw/:seconds',
    'backend-query-metrics-aggregated/:seconds',
    'write-buffer-metrics-raw/:seconds',
    'write-buffer-metrics-aggregated/:seconds',
  ),
  ...all('Baton keeps no cache of names, so there is nothing to reset.', 'reset-hostname-resolve-cache'),
  ...all('Aliases are read when they change; there is nothing to reload.', 'reload-cluster-alias'),
  ...all(
    'Baton moves replicas by GTID or by pseudo-GTID marks and keeps no table of equal coordinates.',
    `master-equivalent${one}/:logFile/:logPos`,
  ),
  ...all(
    'Baton tells a replica the name under which its source was seen to answer, and no other (docs/decisions/0010).',
    `register-hostname-unresolve${one}/:virtualname`,
    `deregister-hostname-unresolve${one}`,
  ),
];
