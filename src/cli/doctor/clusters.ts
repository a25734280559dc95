import type { ReadinessReport } from '../../controller/counsel-reports.ts';
import { type Chapter, doubtful } from './chapter.ts';

/** How well a failover of each cluster would go, as `baton readiness` says it. */
export function readinessChapter(clusters: readonly ReadinessReport[]): Chapter {
  const troubles = clusters.flatMap(({ alias, score, reasons }) =>
    reasons.map(({ because, remedy }) => doubtful(`${alias}, ${score} of 100: ${because}`, remedy)),
  );
  const found = clusters.map(({ alias, score }) => `${alias} ${score} of 100`).join(', ');
  return { title: 'Readiness', found: found === '' ? 'no cluster is known' : found, troubles };
}
