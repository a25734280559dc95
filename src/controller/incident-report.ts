import { z } from 'zod';
import { DetectionInput, detection } from '../../workflows/detection.ts';
import { rejoin } from '../../workflows/rejoin.ts';
import type { ToldRun } from '../drawing/incident.ts';
import { machines } from '../drawing/machines.ts';
import { standingsOf } from '../drawing/standings.ts';
import type { Journal, RunSummary } from '../engine/ports.ts';
import { InstanceKey } from '../kernel/instance-key.ts';
import { detectionUid, recoveryUidOf, returnUid } from '../steps/hook-facts.ts';
import type { SignalReport } from './history/host-news.ts';
import { type RecoveryReport, recoveryReport } from './reports.ts';

/** A recovery with the runs that led to it, each with where its machine stood after each of its records. */
export interface IncidentReport {
  readonly recovery: RecoveryReport;
  /** In the order of their openings. */
  readonly runs: readonly ToldRun[];
  /** What other systems told of the hosts of its cluster from a minute before it to its end. */
  readonly signals: readonly SignalReport[];
}

const leadMs = 60_000;

/** Of the signals, the latest first, those are taken that came meanwhile. */
export async function incidentReport(
  summary: RunSummary,
  journal: Journal,
  signals: readonly SignalReport[],
): Promise<IncidentReport> {
  const { uid, workflow } = summary.opening;
  const common = recoveryUidOf(uid);
  const led = await toldRun(journal, workflow === rejoin.name ? returnUid(common) : detectionUid(common));
  const run = await toldRun(journal, workflow === detection.name ? common : uid);
  const { suspicion } = Suspected.parse(led?.input ?? {});
  const asked = suspicion === null ? null : await toldRun(journal, suspicion);
  const runs = [asked, led, run].flatMap((one) => (one === null ? [] : [one.told]));
  const from = (runs[0]?.openedAt ?? summary.opening.at) - leadMs;
  return {
    recovery: recoveryReport(summary),
    runs,
    signals: signals.filter(({ heardAt }) => isWithin(Date.parse(heardAt), from, summary.endedAt)),
  };
}

/** The instances that a run was opened about, as far as its opening names them. */
export function namedIn({ opening }: RunSummary): readonly InstanceKey[] {
  const { finding, instance } = About.parse(opening.input);
  return [finding?.instance, ...(finding?.replicas ?? []), instance].filter((key) => key !== undefined);
}

/** An end of null has not come yet. */
function isWithin(at: number, from: number, end: number | null): boolean {
  return at >= from && (end === null || at <= end);
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

/** The little that every build has written of what a run is about. */
const About = z.object({
  finding: z.object({ instance: InstanceKey, replicas: z.array(InstanceKey).optional() }).optional(),
  instance: InstanceKey.optional(),
});

/** The little of a detection's input that its story needs. */
const Suspected = DetectionInput.pick({ suspicion: true });
