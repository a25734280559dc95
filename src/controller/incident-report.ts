import { DetectionInput, detection } from '../../workflows/detection.ts';
import { rejoin } from '../../workflows/rejoin.ts';
import type { ToldRun } from '../drawing/incident.ts';
import { machines } from '../drawing/machines.ts';
import { standingsOf } from '../drawing/standings.ts';
import type { Journal, RunSummary } from '../engine/ports.ts';
import { detectionUid, recoveryUidOf, returnUid } from '../steps/hook-facts.ts';
import { type RecoveryReport, recoveryReport } from './reports.ts';

/** A recovery with the runs that led to it, each with where its machine stood after each of its records. */
export interface IncidentReport {
  readonly recovery: RecoveryReport;
  /** In the order of their openings. */
  readonly runs: readonly ToldRun[];
}

export async function incidentReport(summary: RunSummary, journal: Journal): Promise<IncidentReport> {
  const { uid, workflow } = summary.opening;
  const common = recoveryUidOf(uid);
  const led = await toldRun(journal, workflow === rejoin.name ? returnUid(common) : detectionUid(common));
  const run = await toldRun(journal, workflow === detection.name ? common : uid);
  const { suspicion } = Suspected.parse(led?.input ?? {});
  const asked = suspicion === null ? null : await toldRun(journal, suspicion);
  return {
    recovery: recoveryReport(summary),
    runs: [asked, led, run].flatMap((one) => (one === null ? [] : [one.told])),
  };
}

/** Null where there is none of that name. */
async function toldRun(
  journal: Journal,
  uid: string,
): Promise<{ readonly input: unknown; readonly told: ToldRun } | null> {
  const kept = await journal.read(uid);
  if (kept === null) return null;
  const { workflow, input, at } = kept.opening;
  const machine = machines.find(({ name }) => name === workflow) ?? null;
  const { records } = kept;
  return {
    input,
    told: { uid, workflow, openedAt: at, records, standings: standingsOf(machine, input, records) },
  };
}

/** The little of a detection's input that its story needs. */
const Suspected = DetectionInput.pick({ suspicion: true });
