import { z } from 'zod';
import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { LastMoments, lastMomentsOf } from '../../analysis/cost/last-moments.ts';
import { Tail } from '../../analysis/cost/tail.ts';
import type { JournalRecord } from '../../engine/record.ts';
import { replicasAmong } from '../../topology/snapshot.ts';
import type { StepWorld } from '../step-world.ts';

/** A replica is read this many times a poll later than it was due, at the latest. */
const polls = 2;

/** What is known now of the failed primary's last moments; null where it was never read. */
export function momentsNow(
  { inventory, settings }: Pick<StepWorld, 'inventory' | 'settings'>,
  { finding, cluster }: Pick<RecoveryStory, 'finding' | 'cluster'>,
  end: { goneAt: number | null; isStill: boolean },
): LastMoments | null {
  const members = inventory.members(cluster.id);
  const primary = members.find(({ key }) => key === finding.instance);
  if (primary === undefined) return null;
  const replicas = replicasAmong(members, finding.instance);
  return lastMomentsOf(primary, replicas, { ...end, withinMs: polls * settings.pollMs });
}

const Fenced = z.object({ moments: LastMoments.nullable() });

/**
 * What the fencing of this run has written down of them. Whoever continues a recovery may know less than whoever
 * began it, so the first word about the newest reading counts.
 */
export function momentsIn(records: readonly JournalRecord[]): LastMoments | null {
  return records.reduce<LastMoments | null>((newest, record) => {
    if (record.kind !== 'answered' || record.step !== 'fence' || record.answer.kind !== 'ok') return newest;
    const { moments } = Fenced.safeParse(record.answer.value).data ?? { moments: null };
    return moments !== null && (newest === null || moments.at > newest.at) ? moments : newest;
  }, null);
}

const Rescued = z.object({ tail: Tail.nullable() });

/** What this run has rescued, the last time that it tried; null for nothing. */
export function tailIn(records: readonly JournalRecord[]): Tail | null {
  const last = records.findLast((record) => record.kind === 'answered' && record.step === 'rescue');
  if (last?.kind !== 'answered' || last.answer.kind !== 'ok') return null;
  return Rescued.safeParse(last.answer.value).data?.tail ?? null;
}
