import { reshaping } from '../../../workflows/reshaping.ts';
import type { Treatment } from '../../analysis/finding.ts';
import type { Journal, RunSummary } from '../../engine/ports.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { aboutOf } from '../../steps/past-run.ts';
import { changingNames } from '../changes.ts';
import { Word, wordWorkflow } from '../kept/words.ts';
import { recoveryReport } from '../reports.ts';

/** Who did what to which instance, and when. */
export interface AuditEntry {
  /** Of the run in which it stands. */
  readonly uid: string;
  /** ISO 8601. */
  readonly at: string;
  /** orchestrator's audit type (3.2.6, section 3.13) where it has one. */
  readonly type: string;
  /** Null where it is about no single instance. */
  readonly instance: InstanceKey | null;
  /** The cluster's alias; empty where it is about none. */
  readonly cluster: string;
  /** `baton` where nobody asked for it. */
  readonly by: string;
  readonly message: string;
}

/** So far back is looked for one instance. */
const lookedAt = 1_000;

/** orchestrator's words for what it recovers. */
const typeOfTreatment: Readonly<Partial<Record<Treatment, string>>> = {
  'dead-primary': 'recover-dead-master',
  'dead-co-primary': 'recover-dead-co-master',
  'dead-intermediate': 'recover-dead-intermediate-master',
  'dead-group-member': 'recover-dead-replication-group-member-with-replicas',
  'non-writeable-primary': 'recover-non-writeable-master',
  'semi-sync': 'recover-semi-sync-master',
};

/**
 * The audit as orchestrator keeps it in a table of its own: here it is read from the journal, where what people said and
 * what changed a cluster stands already. Newest first.
 */
export async function auditOf(
  journal: Pick<Journal, 'list'>,
  { instance, skip, limit }: { instance: InstanceKey | null; skip: number; limit: number },
): Promise<readonly AuditEntry[]> {
  if (instance === null) {
    const runs = await journal.list({ workflow: [wordWorkflow, ...changingNames], limit: skip + limit });
    return runs.slice(skip).flatMap(entryOf);
  }
  const said = await journal.list({ workflow: wordWorkflow, subject: instance, limit: skip + limit });
  const done = await journal.list({ workflow: changingNames, limit: lookedAt });
  return [...said, ...done.filter((run) => isAbout(run, instance))]
    .toSorted((a, b) => b.opening.at - a.opening.at)
    .slice(skip, skip + limit)
    .flatMap(entryOf);
}

function isAbout(run: RunSummary, instance: InstanceKey): boolean {
  const { failed, successor } = recoveryReport(run);
  return failed === instance || successor === instance;
}

function entryOf(run: RunSummary): AuditEntry[] {
  const { uid, at, input, workflow } = run.opening;
  const moment = new Date(at).toISOString();
  if (workflow === wordWorkflow) {
    const word = Word.safeParse(input).data;
    if (word === undefined) return [];
    const { type, instance, cluster, by, why, says } = word;
    const outcome = run.end === null || run.end.state === 'kept' ? '' : ` ${run.end.sentence}`;
    const message = `${says} (${why})${outcome}`;
    return [{ uid, at: moment, type, instance, cluster: cluster?.alias ?? '', by, message }];
  }
  const { failed, cluster, sentence, asked } = recoveryReport(run);
  const entry = { uid, at: moment, instance: failed, cluster, message: sentence };
  return [{ ...entry, type: typeOf(run), by: asked?.who ?? 'baton' }];
}

/** An operation is called by its verb, what somebody asked for by its command, the rest by what was wrong. */
function typeOf(run: RunSummary): string {
  const { kind, code, asked } = recoveryReport(run);
  if (kind === reshaping.name) return code;
  const { treatment } = aboutOf(run.opening.input);
  return asked?.command ?? (treatment === null ? null : typeOfTreatment[treatment]) ?? kind;
}
