import type { Finding } from '../../../analysis/finding.ts';
import { type Answer, ok } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { analysisShape } from '../shapes/analysis.ts';

/** What is wrong, those that a downtime mutes included (orchestrator 3.2.6, section 2.4). */
export const analysisRoutes: readonly Route[] = [
  {
    path: 'replication-analysis',
    needs: 'view',
    isShared: true,
    answer: (asked, served) => analysis(asked, served),
  },
  { path: 'replication-analysis/:clusterName', needs: 'view', answer: ofCluster },
  { path: 'replication-analysis/instance/:host/:port', needs: 'view', answer: ofInstance },
];

function ofCluster(asked: Asked, served: Served): Answer {
  const { id } = asked.cluster(served.controller, 'clusterName');
  const { inventory } = served.controller.view;
  return analysis(asked, served, ({ instance }) => inventory.clusterOf(instance)?.id === id);
}

function ofInstance(asked: Asked, served: Served): Answer {
  const { key } = asked.instance(served.controller);
  return analysis(asked, served, ({ instance }) => instance === key);
}

/** Troubles that only Baton sees have no code there, and so no entry. */
function analysis(
  _: Asked,
  { controller: { view } }: Served,
  which: (finding: Finding) => boolean = () => true,
): Answer {
  const findings = view.settings
    .analyse(view.inventory.instances, view.now())
    .filter(({ code, warnings }) => code !== 'NoProblem' || warnings.length > 0)
    .filter(which);
  return ok(
    'Analysis',
    findings.map((finding) => analysisShape(finding, view)),
  );
}
