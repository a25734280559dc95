import { z } from 'zod';
import type { Journal } from '../engine/ports.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import type { StepWorld } from './step-world.ts';

const room = 'circumstances';

/**
 * What an attempt may have failed on: the configuration, as a number made of it, and of each other instance of the
 * cluster what decides whether it can be promoted; null for one that could not be read.
 */
const Circumstances = z.object({
  uid: z.string(),
  config: z.string(),
  instances: z.record(z.string(), z.string().nullable()),
});
type Circumstances = z.infer<typeof Circumstances>;

/** Keeps how things stand now that a run has ended, for whoever asks later whether it is worth another attempt. */
export async function keepCircumstances(
  { journal, inventory, settings }: Pick<StepWorld, 'journal' | 'inventory' | 'settings'>,
  { uid, clusterId, failed }: { uid: string; clusterId: string; failed: InstanceKey },
): Promise<void> {
  const instances = standsOf(inventory.members(clusterId), failed);
  const circumstances: Circumstances = { uid, config: settings.digest, instances };
  await journal.keep(room, clusterId, circumstances);
}

/**
 * Whether something is otherwise than when a run ended, and another attempt may succeed where it failed: the
 * configuration, or an instance that can be read. One that has gone since gives no hope.
 */
export async function haveChangedSince(
  { journal, inventory, settings }: { journal: Journal } & Pick<StepWorld, 'inventory' | 'settings'>,
  { uid, clusterId, failed }: { uid: string; clusterId: string; failed: InstanceKey },
): Promise<boolean> {
  const kept = Circumstances.safeParse((await journal.kept(room)).get(clusterId));
  if (!kept.success || kept.data.uid !== uid) return false;
  const { config, instances } = kept.data;
  const now = Object.entries(standsOf(inventory.members(clusterId), failed));
  return config !== settings.digest || now.some(([key, stand]) => stand !== null && stand !== instances[key]);
}

function standsOf(members: readonly Instance[], failed: InstanceKey): Record<string, string | null> {
  return Object.fromEntries(
    members.filter(({ key }) => key !== failed).map((one) => [one.key, standOf(one)]),
  );
}

function standOf(instance: Instance): string | null {
  const { server, promotionRule, dataCenter, region } = instance;
  if (server === null || !isCheckValid(instance)) return null;
  const { replication, logBin, logReplicaUpdates, version } = server;
  const applies = replication === null ? null : [replication.sqlThread, replication.lastSqlError];
  return JSON.stringify([promotionRule, dataCenter, region, logBin, logReplicaUpdates, version, applies]);
}
