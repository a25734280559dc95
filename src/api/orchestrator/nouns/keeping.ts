import { hostOf, portOf } from '../../../kernel/instance-key.ts';
import { type Answer, bare, ok } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { instanceShape } from '../shapes/instance.ts';
import { keyShape } from '../shapes/values.ts';
import { instancesShape } from './instances.ts';

/** What people tell the controller to keep: what is watched, who is a candidate, what a cluster is called, who is in a pool. */
export const keepingRoutes: readonly Route[] = [
  { path: 'discover/:host/:port', needs: 'recover', answer: discover },
  { path: 'async-discover/:host/:port', needs: 'recover', answer: discoverLater },
  { path: 'refresh/:host/:port', needs: 'recover', answer: refresh },
  { path: 'forget/:host/:port', needs: 'recover', answer: forget },
  { path: 'forget-cluster/:clusterHint', needs: 'recover', answer: forgetCluster },
  { path: 'register-candidate/:host/:port/:promotionRule', needs: 'recover', answer: registerCandidate },
  { path: 'set-cluster-alias/:clusterName', needs: 'recover', answer: setAlias },
  { path: 'submit-pool-instances/:pool', needs: 'recover', answer: submitPool },
  ...ofPool('cluster-pool-instances', pooled),
  ...ofPool('heuristic-cluster-pool-instances', pooledInstances),
  ...ofPool('heuristic-cluster-pool-lag', poolLag),
];

function ofPool(word: string, answer: Route['answer']): readonly Route[] {
  return [
    { path: `${word}/:clusterName`, needs: 'view', answer },
    { path: `${word}/:clusterName/:pool`, needs: 'view', answer },
  ];
}

async function discover(asked: Asked, { controller }: Served): Promise<Answer> {
  const key = await controller.discovery.discover(asked.address(), asked.asker);
  const found = controller.view.inventory.find(key);
  return ok(
    `Instance discovered: ${key}`,
    found === null ? { Key: keyShape(key) } : instanceShape(found, controller.view),
  );
}

/** What becomes of it is seen when it is there, as with orchestrator. */
function discoverLater(asked: Asked, { controller }: Served): Answer {
  const address = asked.address();
  controller.discovery.discover(address, asked.asker).catch(() => {});
  return ok(`Asynchronous discovery initiated for instance: ${address}`);
}

async function refresh(asked: Asked, { controller }: Served): Promise<Answer> {
  const key = await controller.discovery.discover(asked.instance(controller).key, asked.asker);
  return ok(`Instance refreshed: ${key}`, keyShape(key));
}

async function forget(asked: Asked, { controller }: Served): Promise<Answer> {
  const { key } = asked.instance(controller);
  await controller.discovery.forget(key, asked.asker);
  return ok(`Instance forgotten: ${key}`, keyShape(key));
}

async function forgetCluster(asked: Asked, { controller }: Served): Promise<Answer> {
  const cluster = asked.cluster(controller);
  await controller.discovery.forgetCluster(cluster, asked.asker);
  return ok(`Cluster forgotten: ${cluster.name}`);
}

async function registerCandidate(asked: Asked, { controller }: Served): Promise<Answer> {
  const { key } = asked.instance(controller);
  await controller.kept.candidates.register(key, asked.param('promotionRule'), asked.asker);
  return ok('Registered candidate', keyShape(key));
}

async function setAlias(asked: Asked, { controller }: Served): Promise<Answer> {
  const cluster = asked.cluster(controller, 'clusterName');
  const alias = asked.query('alias');
  await controller.kept.aliases.set(cluster, alias, asked.asker);
  return ok(`Cluster ${cluster.name} now has alias '${alias}'`);
}

async function submitPool(asked: Asked, { controller }: Served): Promise<Answer> {
  const pool = asked.param('pool');
  const instances = asked.query('instances').split(/[\s,]+/);
  await controller.kept.pools.submit(
    pool,
    instances.filter((one) => one !== ''),
    asked.asker,
  );
  return ok(`Applied ${pool} pool instances`, pool);
}

function meant(asked: Asked, { controller }: Served) {
  const { id } = asked.cluster(controller, 'clusterName');
  const pool = asked.param('pool') === '' ? null : asked.param('pool');
  return { id, pool, pooled: controller.kept.pools.instances(id, pool) };
}

function pooled(asked: Asked, served: Served): Answer {
  const found = meant(asked, served).pooled;
  return bare(
    found.map(({ pool, instance, clusterName, clusterAlias }) => ({
      ClusterName: clusterName,
      ClusterAlias: clusterAlias,
      Pool: pool,
      Hostname: hostOf(instance),
      Port: portOf(instance),
    })),
  );
}

function pooledInstances(asked: Asked, served: Served): Answer {
  const { view } = served.controller;
  const keys = new Set(meant(asked, served).pooled.map(({ instance }) => instance));
  const instances = [...keys].flatMap((key) => view.inventory.find(key) ?? []);
  return ok('Heuristic pool instances', instancesShape(instances, view));
}

function poolLag(asked: Asked, served: Served): Answer {
  const { id, pool } = meant(asked, served);
  return ok('Heuristic pool lag', served.controller.kept.pools.lagSeconds(id, pool) ?? 0);
}
