import { BatonError } from '../../../kernel/errors.ts';
import { hostOf, portOf } from '../../../kernel/instance-key.ts';
import { isCheckValid } from '../../../topology/snapshot.ts';
import { type Answer, bare, ok } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { timestamp } from '../shapes/values.ts';

/** The controller itself, what it tells the world, and what it watches at all. */
export const metaRoutes: readonly Route[] = [
  // orchestrator-client asks for nothing there, and looks whether it is let in.
  { path: '', needs: 'view', answer: () => ok('Baton answers orchestrator’s API') },
  { path: 'headers', needs: 'view', answer: headers },
  { path: 'reload-configuration', needs: 'admin', by: 'here', answer: reloadConfiguration },
  { path: 'hostname-resolve-cache', needs: 'view', answer: resolveCache },
  { path: 'submit-masters-to-kv-stores', needs: 'recover', answer: submitPrimaries },
  { path: 'submit-masters-to-kv-stores/:clusterHint', needs: 'recover', answer: submitPrimaries },
  { path: 'discovery-metrics-aggregated/:seconds', needs: 'view', answer: lastLooks },
  { path: 'restart-replica-statements/:host/:port', needs: 'view', answer: restartStatements },
  { path: 'last-pseudo-gtid/:host/:port', needs: 'view', answer: lastPseudoGtid },
  { path: 'locate-gtid-errant/:host/:port', needs: 'view', answer: errantFiles },
  { path: 'snapshot-topologies', needs: 'recover', answer: snapshots },
];

/** What must not be echoed though whoever asks has sent it: an answer is kept and shown elsewhere. */
const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key']);

/** As they came, each name spelt as Go spells it. */
function headers(asked: Asked): Answer {
  const shown = Object.entries(asked.headers).filter(([name]) => !secretHeaders.has(name));
  return bare(
    Object.fromEntries(
      shown.map(([name, value]) => [
        name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()),
        Array.isArray(value) ? value : [value ?? ''],
      ]),
    ),
  );
}

async function reloadConfiguration(asked: Asked, { reload }: Served): Promise<Answer> {
  // Another file than its own would leave nobody knowing by what a controller goes (decision 0024).
  if (asked.query('config') !== '')
    throw new BatonError(
      'request-refused',
      'Baton reads its own configuration file again and no other: change that one, and ask without config=',
    );
  await reload(asked.by);
  return ok('Config reloaded', '');
}

/** Baton keeps none: every name that it watches stands for itself. */
function resolveCache(_: Asked, { controller: { view } }: Served): Answer {
  const hosts = new Set(view.inventory.instances.map(({ key }) => hostOf(key)));
  return ok(
    'Cache retrieved',
    Object.fromEntries([...hosts].sort().map((host) => [host, { Object: host, Expiration: 0 }])),
  );
}

/** The pairs that are told of each cluster’s primary (orchestrator 3.2.6, section 3.8). */
async function submitPrimaries(asked: Asked, { controller }: Served): Promise<Answer> {
  const only = asked.param('clusterHint') === '' ? null : asked.cluster(controller).id;
  const reports = await controller.publish(only);
  const failed = reports.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0)
    throw new BatonError('request-refused', failed.map(({ because }) => because).join('; '));
  const prefix = controller.view.config.KVClusterMasterPrefix.replace(/\/$/, '');
  const pairs = reports.flatMap(({ cluster, primary }) => {
    if (primary === null) return [];
    const name = `${prefix}/${cluster}`;
    return [
      { Key: name, Value: primary },
      { Key: `${name}/hostname`, Value: hostOf(primary) },
      { Key: `${name}/port`, Value: String(portOf(primary)) },
    ];
  });
  return ok('Submitted masters to kv stores', pairs);
}

/** How the last look at each instance went. How long each took is counted by /metrics. */
function lastLooks(_: Asked, { controller: { view } }: Served): Answer {
  const { instances } = view.inventory;
  const well = instances.filter(isCheckValid);
  const seconds = well.map(({ checks }) => (checks.answerMs ?? 0) / 1_000).sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.floor((seconds.length - 1) * share)] ?? 0;
  const mean = seconds.length === 0 ? 0 : seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  const moments = instances.map(({ checks }) => checks.checkedAt).filter((one) => one > 0);
  const figures = { Mean: mean, Max: at(1), Median: at(0.5), P95: at(0.95) };
  return bare({
    FirstSeen: timestamp(Math.min(...moments, view.now())),
    LastSeen: timestamp(Math.max(0, ...moments)),
    CountDistinctInstanceKeys: instances.length,
    CountDistinctOkInstanceKeys: well.length,
    CountDistinctFailedInstanceKeys: instances.length - well.length,
    FailedDiscoveries: instances.length - well.length,
    SuccessfulDiscoveries: well.length,
    ...Object.fromEntries(
      Object.entries(figures).flatMap(([name, value]) => [
        [`${name}TotalSeconds`, value],
        [`${name}BackendSeconds`, 0],
        [`${name}InstanceSeconds`, value],
        [`Failed${name}TotalSeconds`, 0],
        [`Failed${name}BackendSeconds`, 0],
        [`Failed${name}InstanceSeconds`, 0],
      ]),
    ),
  });
}

/** What would stop the threads that run, let a statement of the asker’s in between, and start them again; nothing is done. */
function restartStatements(asked: Asked, { controller }: Served): Answer {
  const { key, server } = asked.instance(controller);
  const replication = server?.replication ?? null;
  if (replication === null) throw new BatonError('request-refused', `${key} replicates from nothing`);
  const threads = [
    ...(replication.ioThread === 'running' ? ['io_thread'] : []),
    ...(replication.sqlThread === 'running' ? ['sql_thread'] : []),
  ];
  const between = asked.query('q') === '' ? [] : [asked.query('q')];
  return ok('statements', [
    ...threads.map((thread) => `stop slave ${thread};`),
    ...between,
    ...threads.toReversed().map((thread) => `start slave ${thread};`),
  ]);
}

async function lastPseudoGtid(asked: Asked, { controller }: Served): Promise<Answer> {
  const { key } = asked.instance(controller);
  return ok(`Last pseudo-GTID on ${key}`, await controller.logs.lastMark(key));
}

async function errantFiles(asked: Asked, { controller }: Served): Promise<Answer> {
  return ok('located errant GTID', await controller.logs.errantFiles(asked.instance(controller).key));
}

async function snapshots(asked: Asked, { controller }: Served): Promise<Answer> {
  await controller.kept.snapshots.take(asked.asker);
  return ok('Topology Snapshot completed');
}
