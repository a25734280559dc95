import { isReplicating } from '../../../topology/observation.ts';
import { compareKeys, hostOf } from '../../../kernel/instance-key.ts';
import { type Instance, isCheckValid, isDowntimed } from '../../../topology/snapshot.ts';
import { compilePattern } from '../../../config/pattern.ts';
import type { View } from '../../../controller/view.ts';
import type { Controller } from '../../../controller/controller.ts';
import type { Asked } from '../asked.ts';
import { type Answer, bare, ok } from '../answer.ts';
import type { Route, Served } from '../route.ts';
import { instanceShape, problemsOf } from '../shapes/instance.ts';
import { keyShape } from '../shapes/values.ts';

/** What is known of instances, one by one and in lists. */
export const instanceRoutes: readonly Route[] = [
  { path: 'instance/:host/:port', needs: 'view', answer: one },
  { path: 'instance-replicas/:host/:port', needs: 'view', answer: replicas },
  { path: 'cluster/:clusterHint', needs: 'view', isShared: true, answer: ofCluster('clusterHint') },
  { path: 'cluster/alias/:clusterAlias', needs: 'view', isShared: true, answer: ofCluster('clusterAlias') },
  { path: 'cluster/instance/:host/:port', needs: 'view', isShared: true, answer: ofInstancesCluster },
  { path: 'cluster-osc-replicas/:clusterHint', needs: 'view', answer: forSchemaChanges },
  { path: 'all-instances', needs: 'view', isShared: true, answer: listed(() => true) },
  { path: 'search', needs: 'view', isShared: true, answer: searched },
  { path: 'search/:searchString', needs: 'view', answer: searched },
  { path: 'problems', needs: 'view', isShared: true, answer: problems },
  { path: 'problems/:clusterName', needs: 'view', answer: problems },
  { path: 'downtimed', needs: 'view', answer: downtimed },
  { path: 'downtimed/:clusterHint', needs: 'view', answer: downtimed },
  { path: 'bulk-instances', needs: 'view', answer: keys },
  { path: 'bulk-promotion-rules', needs: 'view', answer: promotionRules },
  { path: 'resolve/:host/:port', needs: 'view', answer: resolved },
];

/** A list as orchestrator sends it, by host and port. Each is made when it is written, for there may be thousands. */
export function instancesShape(instances: readonly Instance[], view: View) {
  return instances
    .toSorted((a, b) => compareKeys(a.key, b.key))
    .map((instance) => ({ toJSON: () => instanceShape(instance, view) }));
}

function one(asked: Asked, { controller }: Served): Answer {
  return bare(instanceShape(asked.instance(controller), controller.view));
}

function replicas(asked: Asked, { controller }: Served): Answer {
  const { view } = controller;
  return bare(instancesShape(view.inventory.replicasOf(asked.instance(controller).key), view));
}

function ofCluster(name: 'clusterHint' | 'clusterAlias'): Route['answer'] {
  return (asked, { controller }) => {
    const { view } = controller;
    return bare(instancesShape(view.inventory.members(asked.cluster(controller, name).id), view));
  };
}

function ofInstancesCluster(asked: Asked, { controller }: Served): Answer {
  const { view } = controller;
  const cluster = controller.clusterMeant(asked.instance(controller).key);
  return bare(instancesShape(view.inventory.members(cluster.id), view));
}

/** Replicas at which a schema change is to look: those that replicate, unless OSCIgnoreHostnameFilters passes them over. */
function forSchemaChanges(asked: Asked, { controller }: Served): Answer {
  const { view } = controller;
  const ignored = view.config.OSCIgnoreHostnameFilters.flatMap((text) => compilePattern(text) ?? []);
  const members = view.inventory.members(asked.cluster(controller).id);
  const fit = members.filter(
    (member) =>
      isCheckValid(member) &&
      isReplicating(member.server) &&
      !ignored.some((pattern) => pattern.test(hostOf(member.key))),
  );
  return bare(instancesShape(fit, view));
}

function listed(which: (instance: Instance, view: View) => boolean): Route['answer'] {
  return (_, { controller: { view } }) =>
    bare(
      instancesShape(
        view.inventory.instances.filter((instance) => which(instance, view)),
        view,
      ),
    );
}

/** Whatever has the text in its address, its versions, its aliases or its cluster’s name; nothing is in all of them. */
function searched(asked: Asked, { controller: { view } }: Served): Answer {
  const wanted = asked.param('searchString') || asked.query('s');
  const found = view.inventory.instances.filter((instance) => {
    const { key, alias, clusterName, server } = instance;
    const texts = [
      key,
      alias,
      clusterName,
      view.inventory.clusterOf(key)?.alias ?? '',
      server?.version ?? '',
      server?.versionComment ?? '',
      String(server?.serverId ?? ''),
    ];
    return texts.some((text) => text.includes(wanted));
  });
  return bare(instancesShape(found, view));
}

/** Nothing wrong is `null`, as with orchestrator. */
function problems(asked: Asked, { controller }: Served): Answer {
  const { view } = controller;
  const ignored = view.config.ProblemIgnoreHostnameFilters.flatMap((text) => compilePattern(text) ?? []);
  const found = among(asked, controller, 'clusterName').filter(
    (instance) =>
      problemsOf(instance, view).length > 0 &&
      !isDowntimed(instance, view.now()) &&
      !ignored.some((pattern) => pattern.test(hostOf(instance.key))),
  );
  return bare(found.length === 0 ? null : instancesShape(found, view));
}

function downtimed(asked: Asked, { controller }: Served): Answer {
  const { view } = controller;
  const found = among(asked, controller, 'clusterHint').filter((one) => isDowntimed(one, view.now()));
  return bare(instancesShape(found, view));
}

/** The members of a cluster where one is named, and everybody where none is. */
function among(asked: Asked, controller: Controller, name: string): readonly Instance[] {
  const { inventory } = controller.view;
  if (asked.param(name) === '') return inventory.instances;
  return inventory.members(asked.cluster(controller, name).id);
}

function keys(_: Asked, { controller: { view } }: Served): Answer {
  return bare(
    view.inventory.instances
      .map(({ key }) => key)
      .toSorted(compareKeys)
      .map(keyShape),
  );
}

function promotionRules(_: Asked, { controller: { view } }: Served): Answer {
  const ruled = view.inventory.instances.filter(({ promotionRule }) => promotionRule !== 'neutral');
  return bare(
    ruled
      .toSorted((a, b) => compareKeys(a.key, b.key))
      .map(({ key, promotionRule }) => ({ ...keyShape(key), PromotionRule: promotionRule })),
  );
}

/** By which address an instance is known. */
function resolved(asked: Asked, { controller }: Served): Answer {
  const { key } = asked.instance(controller);
  return ok('Instance resolved', keyShape(key));
}
