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
  { path: 'clusters-info', needs: 'view', isShared: true, answer: infos },
  { path: 'cluster-info/:clusterHint', needs: 'view', answer: info('clusterHint') },
  { path: 'cluster-info/alias/:clusterAlias', needs: 'view', answer: info('clusterAlias') },
  { path: 'masters', needs: 'view', isShared: true, answer: primaries },
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
  const found = view.inventory.clusters.flatMap((cluster) => view.inventory.primaryOf(cluster) ?? []);
  return bare(instancesShape(found, view));
}

function primary(asked: Asked, { controller }: Served): Answer {
  const cluster = asked.cluster(controller);
  const found = controller.view.inventory.primaryOf(cluster);
  if (found === null)
    throw new BatonError('instance-unknown', `the primary of ${cluster.alias} is not known`);
  return bare(instanceShape(found, controller.view));
}
