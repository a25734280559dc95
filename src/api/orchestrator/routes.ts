import { leftOut } from './left-out.ts';
import { acknowledgementRoutes } from './nouns/acknowledgements.ts';
import { analysisRoutes } from './nouns/analysis.ts';
import { auditRoutes } from './nouns/audits.ts';
import { clusterRoutes } from './nouns/clusters.ts';
import { healthRoutes } from './nouns/health.ts';
import { instanceRoutes } from './nouns/instances.ts';
import { keepingRoutes } from './nouns/keeping.ts';
import { metaRoutes } from './nouns/meta.ts';
import { operationRoutes } from './nouns/operations.ts';
import { recoveryRoutes } from './nouns/recoveries.ts';
import { restraintRoutes } from './nouns/restraints.ts';
import { tagRoutes } from './nouns/tags.ts';
import { topologyRoutes } from './nouns/topology.ts';
import { wordRoutes } from './nouns/words.ts';
import type { LeftOut, Route } from './route.ts';
import { olderPath } from './synonyms.ts';

/** Every route of orchestrator’s API under today’s word, answered or left out. */
export const answered: readonly Route[] = [
  ...healthRoutes,
  ...instanceRoutes,
  ...clusterRoutes,
  ...topologyRoutes,
  ...analysisRoutes,
  ...recoveryRoutes,
  ...acknowledgementRoutes,
  ...auditRoutes,
  ...operationRoutes,
  ...restraintRoutes,
  ...keepingRoutes,
  ...tagRoutes,
  ...wordRoutes,
  ...metaRoutes,
];

/** The same under every word it goes by. */
export function withOlderWords<One extends Route | LeftOut>(routes: readonly One[]): readonly One[] {
  return routes.flatMap((route) => {
    const older = olderPath(route.path);
    return older === null ? [route] : [route, { ...route, path: older }];
  });
}

export { leftOut };
