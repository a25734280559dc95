import type { Controller } from '../../../controller/controller.ts';
import type { Cluster } from '../../../topology/cluster.ts';
import type { Instance } from '../../../topology/snapshot.ts';
import { whyNeverReplicate, whyNotReplicate } from '../../../analysis/choice/can-replicate.ts';
import { type Answer, ok, refused } from '../answer.ts';
import type { Asked } from '../asked.ts';
import { topologyTable, topologyText, topologyWithTags } from '../render/topology.ts';
import type { Route, Served } from '../route.ts';
import { keyShape } from '../shapes/values.ts';

type Render = (members: readonly Instance[], controller: Controller) => string;

/** How instances hang together, as text, and how they could. */
export const topologyRoutes: readonly Route[] = [
  ...drawn('topology', (members, { view }) => topologyText(members, view)),
  ...drawn('topology-tabulated', (members, { view }) => topologyTable(members, view)),
  ...drawn('topology-tags', (members, { view, kept }) =>
    topologyWithTags(members, view, (key) => kept.tags.of(key)),
  ),
  {
    path: 'can-replicate-from/:host/:port/:belowHost/:belowPort',
    needs: 'view',
    answer: canReplicate(whyNeverReplicate),
  },
  {
    path: 'can-replicate-from-gtid/:host/:port/:belowHost/:belowPort',
    needs: 'view',
    answer: canReplicate(whyNotReplicate),
  },
];

function drawn(verb: string, render: Render): readonly Route[] {
  return [
    {
      path: `${verb}/:clusterHint`,
      needs: 'view',
      answer: (asked, { controller }) => drawing(asked.cluster(controller), controller, render),
    },
    {
      path: `${verb}/:host/:port`,
      needs: 'view',
      answer: (asked, { controller }) =>
        drawing(controller.clusterMeant(asked.instance(controller).key), controller, render),
    },
  ];
}

function drawing({ id, name }: Cluster, controller: Controller, render: Render): Answer {
  const members = controller.view.inventory.members(id);
  return ok(`Topology for cluster ${name}`, render(members, controller));
}

/** The first reason against it is the error, as with orchestrator. */
function canReplicate(whyNot: typeof whyNotReplicate): Route['answer'] {
  return (asked: Asked, { controller }: Served) => {
    const replica = asked.instance(controller);
    const source = asked.instance(controller, 'belowHost', 'belowPort');
    const [because] = whyNot(replica, source, controller.view.settings.replicationRules);
    return because === undefined ? ok('true', keyShape(source.key)) : refused(because);
  };
}
