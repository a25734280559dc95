import type { Controller } from '../../../controller/controller.ts';
import type { Cluster } from '../../../topology/cluster.ts';
import type { Instance } from '../../../topology/snapshot.ts';
import { BatonError } from '../../../kernel/errors.ts';
import { type Answer, bare } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { clusterShape } from '../shapes/cluster.ts';
import { instanceShape } from '../shapes/instance.ts';
import { instancesShape } from './instances.ts';

/** Clusters, and who leads them. */
export const clusterRoutes: readonly Route[] = [
  { path: 'clusters', needs: 'view', answer: names },
  { path: 'clusters-info', needs: 'view', answer: infos },
  { path: 'cluster-info/:clusterHint', needs: 'view', answer: info('clusterHint') },
  { path: 'cluster-info/alias/:clusterAlias', needs: 'view', answer: info('clusterAlias') },
  { path: 'masters', needs: 'view', answer: primaries },
  { path: 'master/:clusterHint', needs: 'view', answer: primary },
];

function names(_: Asked, { controller: { view } }: Served): Answer {
  return bare(view.inventory.clusters.map(({ name }) => name).toSorted());
}

function infos(_: Asked, { controller: { view } }: Served): Answer {
  return bare(
    view.inventory.clusters
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((cluster) => clusterShape(cluster, view)),
  );
}

function info(name: 'clusterHint' | 'clusterAlias'): Route['answer'] {
  return (asked, { controller }) => bare(clusterShape(asked.cluster(controller, name), controller.view));
}

function primaries(_: Asked, { controller }: Served): Answer {
  const { view } = controller;
  const found = view.inventory.clusters.flatMap((cluster) => primaryOf(cluster, controller) ?? []);
  return bare(instancesShape(found, view));
}

function primary(asked: Asked, { controller }: Served): Answer {
  const cluster = asked.cluster(controller);
  const found = primaryOf(cluster, controller);
  if (found === null)
    throw new BatonError('instance-unknown', `the primary of ${cluster.alias} is not known`);
  return bare(instanceShape(found, controller.view));
}

function primaryOf({ id, name }: Cluster, { view }: Controller): Instance | null {
  return view.inventory.members(id).find(({ key }) => key === name) ?? null;
}
