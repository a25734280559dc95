import { z } from 'zod';
import { BatonError } from '../kernel/errors.ts';
import { type InstanceKey, instanceKey } from '../kernel/instance-key.ts';
import { type Downtime, promotionRules, type Snapshot } from '../topology/snapshot.ts';
import { DatabaseInstance, instanceOf, SqlFlag, SqlTime } from './database-instance.ts';

const Keyed = z.object({ hostname: z.string(), port: z.number() });

/**
 * What orchestrator's backend held at one moment, each list the rows of a table: database_instance,
 * database_instance_downtime, database_instance_maintenance, database_instance_stale_binlog_coordinates
 * and candidate_database_instance (orchestrator 3.2.6).
 */
const OrchestratorRows = z.object({
  now: SqlTime,
  instances: z.array(DatabaseInstance),
  downtime: z
    .array(
      Keyed.extend({
        downtime_active: SqlFlag.nullable(),
        end_timestamp: SqlTime,
        owner: z.string(),
        reason: z.string(),
      }),
    )
    .default([]),
  maintenance: z.array(Keyed.extend({ maintenance_active: SqlFlag.nullable() })).default([]),
  stale: z
    .array(Keyed.extend({ binary_log_file: z.string(), binary_log_pos: z.number(), first_seen: SqlTime }))
    .default([]),
  candidates: z.array(Keyed.extend({ promotion_rule: z.enum(promotionRules) })).default([]),
});
type OrchestratorRows = z.infer<typeof OrchestratorRows>;

/** Reads orchestrator's rows as it would have seen them at their `now`; `file` is for the error's sentence. */
export function snapshotFromRows(value: unknown, file: string): Snapshot {
  const parsed = OrchestratorRows.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
    throw new BatonError(
      'rows-unreadable',
      `${file} has no rows of orchestrator: ${place}: ${issue?.message}`,
    );
  }
  const rows = parsed.data;
  const downtimes = downtimesOf(rows);
  const inMaintenance = new Set(rows.maintenance.filter((row) => row.maintenance_active).map(keyOf));
  const rules = new Map(rows.candidates.map((row) => [keyOf(row), row.promotion_rule]));
  const stale = new Map(rows.stale.map((row) => [keyOf(row), staleCoordinatesOf(row)]));
  return {
    takenAt: rows.now,
    instances: rows.instances.map(instanceOf).map((instance) => ({
      ...instance,
      downtime: downtimes.get(instance.key) ?? null,
      inMaintenance: inMaintenance.has(instance.key),
      promotionRule: rules.get(instance.key) ?? 'neutral',
      staleCoordinates: stale.get(instance.key) ?? null,
    })),
  };
}

/** A downtime that was ended by hand keeps its row, no longer active. */
function downtimesOf({ downtime }: OrchestratorRows): Map<InstanceKey, Downtime> {
  const active = downtime.filter((row) => row.downtime_active);
  return new Map(
    active.map((row) => [keyOf(row), { owner: row.owner, reason: row.reason, until: row.end_timestamp }]),
  );
}

function staleCoordinatesOf(row: OrchestratorRows['stale'][number]) {
  return {
    coordinates: { file: row.binary_log_file, position: row.binary_log_pos },
    since: row.first_seen,
  };
}

function keyOf({ hostname, port }: z.infer<typeof Keyed>): InstanceKey {
  return instanceKey(hostname, port);
}
