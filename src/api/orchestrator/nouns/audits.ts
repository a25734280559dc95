import { actingNames, orchestratorRecovery } from '../../../../workflows/acting.ts';
import { detection } from '../../../../workflows/detection.ts';
import type { View } from '../../../controller/view.ts';
import type { RunSummary } from '../../../engine/ports.ts';
import { recoveryUidOf } from '../../../steps/hook-facts.ts';
import type { InstanceKey } from '../../../kernel/instance-key.ts';
import { aboutOf } from '../../../steps/past-run.ts';
import { type Answer, bare } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { detectionShape, recoveryShape, stepsShape } from '../shapes/recovery.ts';
import { numberOf } from '../shapes/values.ts';

/** orchestrator’s own size of a page (AuditPageSize, section 4). */
const pageSize = 20;
/** So far back is looked for one run. */
const lookedAt = 1_000;

const recoveryNames: readonly string[] = [...actingNames, orchestratorRecovery];

/** What was recovered and detected, newest first, 20 to a page. */
export const auditRoutes: readonly Route[] = [
  ...paged('audit-recovery', recoveries(everything)),
  { path: 'audit-recovery/id/:id', needs: 'view', answer: recoveries(numbered) },
  { path: 'audit-recovery/uid/:uid', needs: 'view', answer: recoveries(named) },
  ...paged('audit-recovery/cluster/:clusterName', recoveries(ofCluster('clusterName'))),
  ...paged('audit-recovery/alias/:clusterAlias', recoveries(ofCluster('clusterAlias'))),
  { path: 'audit-recovery-steps/:uid', needs: 'view', answer: steps },
  ...paged('audit-failure-detection', detections(everything)),
  { path: 'audit-failure-detection/id/:id', needs: 'view', answer: detections(numbered) },
  ...paged('audit-failure-detection/alias/:clusterAlias', detections(ofCluster('clusterAlias'))),
  { path: 'active-cluster-recovery/:clusterName', needs: 'view', answer: recoveries(activeOf) },
  {
    path: 'recently-active-cluster-recovery/:clusterName',
    needs: 'view',
    answer: recoveries(recentlyActiveOf),
  },
  {
    path: 'recently-active-instance-recovery/:host/:port',
    needs: 'view',
    answer: recoveries(recentlyOfInstance),
  },
];

/** Whether a run is among those that are asked for. */
type Which = (asked: Asked, served: Served) => (run: RunSummary) => boolean;

function paged(path: string, answer: Route['answer']): readonly Route[] {
  return [
    { path, needs: 'view', isShared: true, answer },
    { path: `${path}/:page`, needs: 'view', isShared: true, answer },
  ];
}

function recoveries(which: Which): Route['answer'] {
  return (asked, served) => listed(asked, served, { workflow: recoveryNames, which, shape: recoveryShape });
}

function detections(which: Which): Route['answer'] {
  return (asked, served) =>
    listed(asked, served, { workflow: [detection.name], which, shape: detectionShape });
}

async function listed<Shape>(
  asked: Asked,
  served: Served,
  how: {
    workflow: readonly string[];
    which: Which;
    shape: (run: RunSummary, view: View) => Shape | null;
  },
): Promise<Answer> {
  const { view } = served.controller;
  const isMeant = how.which(asked, served);
  const first = asked.number('page') * pageSize;
  // What a page leaves out is read too: pages are asked for from the newest on, and few go far back.
  const limit = Math.min(lookedAt, how.which === everything ? first + pageSize : lookedAt);
  const runs = await view.journal.list({ workflow: how.workflow, limit });
  const onlyUnseen = asked.query('unacknowledged') === 'true';
  const shapes = runs
    .filter((run) => isMeant(run) && !(onlyUnseen && run.acknowledged !== null))
    .flatMap((run) => how.shape(run, view) ?? []);
  return bare(shapes.slice(first, first + pageSize));
}

function everything(): (run: RunSummary) => boolean {
  return () => true;
}

function numbered(asked: Asked): (run: RunSummary) => boolean {
  const id = asked.number('id');
  return ({ opening }) => numberOf(opening.uid) === id;
}

function named(asked: Asked): (run: RunSummary) => boolean {
  const uid = asked.param('uid');
  return ({ opening }) => recoveryUidOf(opening.uid) === uid;
}

function ofCluster(name: 'clusterName' | 'clusterAlias'): Which {
  return (asked, { controller }) => {
    const { id } = asked.cluster(controller, name);
    return ({ opening }) => opening.subject === id;
  };
}

function activeOf(asked: Asked, served: Served): (run: RunSummary) => boolean {
  const isOfCluster = ofCluster('clusterName')(asked, served);
  return (run) => isOfCluster(run) && run.endedAt === null;
}

/** Still keeps another from beginning, as orchestrator counts it. */
function recentlyActiveOf(asked: Asked, served: Served): (run: RunSummary) => boolean {
  const isOfCluster = ofCluster('clusterName')(asked, served);
  return (run) => isOfCluster(run) && isRecent(run, served.controller.view);
}

function recentlyOfInstance(asked: Asked, served: Served): (run: RunSummary) => boolean {
  const { key } = asked.instance(served.controller);
  return (run) => isAbout(run, key) && isRecent(run, served.controller.view);
}

function isAbout({ opening, end }: RunSummary, key: InstanceKey): boolean {
  const { failed, successor } = aboutOf(opening.input, end?.output);
  return failed === key || successor === key;
}

function isRecent({ endedAt, acknowledged }: RunSummary, { settings, now }: View): boolean {
  if (endedAt === null) return true;
  return acknowledged === null && now() - endedAt < settings.quietMs;
}

async function steps(asked: Asked, { controller: { view } }: Served): Promise<Answer> {
  const uid = asked.param('uid');
  const run = await view.journal.read(uid);
  return bare(run === null ? [] : stepsShape(uid, run.records));
}
