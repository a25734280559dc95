import { detection } from '../../../../workflows/detection.ts';
import { Word, wordWorkflow } from '../../../controller/kept/words.ts';
import type { RunSummary } from '../../../engine/ports.ts';
import { compareKeys, type InstanceKey } from '../../../kernel/instance-key.ts';
import { aboutOf } from '../../../steps/past-run.ts';
import { type Answer, bare } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { keyShape, numberOf, timestamp } from '../shapes/values.ts';

/** orchestrator’s own size of a page (AuditPageSize, section 4), and how far back is looked at all. */
const pageSize = 20;
const lookedAt = 1_000;

/** Who told the controller what, and what was found of whom, from what the journal has of both. */
export const wordRoutes: readonly Route[] = [
  { path: 'audit', needs: 'view', answer: audit },
  { path: 'audit/:page', needs: 'view', answer: audit },
  { path: 'audit/instance/:host/:port', needs: 'view', answer: audit },
  { path: 'audit/instance/:host/:port/:page', needs: 'view', answer: audit },
  { path: 'replication-analysis-changelog', needs: 'view', answer: changelog },
];

async function audit(asked: Asked, { controller }: Served): Promise<Answer> {
  const { view } = controller;
  const only = asked.param('host') === '' ? null : asked.address();
  const first = asked.number('page') * pageSize;
  const runs = await view.journal.list({
    workflow: wordWorkflow,
    ...(only === null ? {} : { subject: only }),
    limit: Math.min(lookedAt, first + pageSize),
  });
  return bare(runs.slice(first).flatMap(auditShape));
}

function auditShape({ opening }: RunSummary) {
  const word = Word.safeParse(opening.input).data;
  if (word === undefined) return [];
  const { type, instance, by, why, says } = word;
  return [
    {
      AuditId: numberOf(opening.uid),
      AuditTimestamp: timestamp(opening.at),
      AuditType: type,
      AuditInstanceKey: keyShape(instance),
      Message: `${says} ${by}: ${why}`,
    },
  ];
}

/** Of each instance, oldest first: `2026-11-21T23:04:47Z;DeadMaster,`. Baton writes down what it announced or acted upon. */
async function changelog(_: Asked, { controller: { view } }: Served): Promise<Answer> {
  const runs = await view.journal.list({ workflow: detection.name, limit: lookedAt });
  const found = new Map<InstanceKey, string[]>();
  for (const { opening } of runs.toReversed()) {
    const { failed } = aboutOf(opening.input);
    const code = (opening.input as { finding?: { code?: unknown } }).finding?.code;
    if (failed === null || typeof code !== 'string') continue;
    found.set(failed, [...(found.get(failed) ?? []), `${timestamp(opening.at)};${code},`]);
  }
  return bare(
    [...found]
      .toSorted(([a], [b]) => compareKeys(a, b))
      .map(([key, Changelog]) => ({ AnalyzedInstanceKey: keyShape(key), Changelog })),
  );
}
