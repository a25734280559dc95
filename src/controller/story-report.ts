import { DetectionInput, detection } from '../../workflows/detection.ts';
import { rejoin } from '../../workflows/rejoin.ts';
import type { Journal, RunSummary } from '../engine/ports.ts';
import { detectionUid, recoveryUidOf, returnUid } from '../steps/hook-facts.ts';
import { type RecoveryStoryReport, recoveryReport } from './reports.ts';
import { returnsOf } from './requests/rejoins.ts';

/** A run with everything that belongs to its story: what led to it before, and what came of its failed primary after. */
export async function storyReport(summary: RunSummary, journal: Journal): Promise<RecoveryStoryReport> {
  const { uid, workflow, subject } = summary.opening;
  const common = recoveryUidOf(uid);
  const led = await journal.read(workflow === rejoin.name ? returnUid(common) : detectionUid(common));
  const run = await journal.read(workflow === detection.name ? common : uid);
  const { suspicion: asked } = Suspected.parse(led?.opening.input ?? {});
  return {
    suspicion: (asked === null ? null : await journal.read(asked))?.records ?? [],
    recovery: recoveryReport(summary),
    records: run?.records ?? [],
    detection: led?.records ?? [],
    returns: await returnsOf(journal, { uid: common, subject }),
  };
}

/** The little of a detection's input that its story needs. */
const Suspected = DetectionInput.pick({ suspicion: true });
