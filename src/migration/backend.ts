import { z } from 'zod';
import { BatonError } from '../kernel/errors.ts';
import { type InstanceKey, instanceKey, parseInstanceKey } from '../kernel/instance-key.ts';
import { type Instance, promotionRules } from '../topology/snapshot.ts';
import { DatabaseInstance, instanceOf, SqlFlag } from './database-instance.ts';

/** The tables of orchestrator's backend, whatever keeps them. */
export interface BackendTables {
  /** Where they are, for sentences. */
  readonly name: string;
  /** All rows of a table; null where there is none of that name. */
  rows(table: string): Promise<readonly Readonly<Record<string, unknown>>[] | null>;
}

/** What of a backend has a meaning for Baton (orchestrator 3.2.6). Instances by host and port, moments in milliseconds since 1970. */
export interface Backend {
  readonly name: string;
  readonly instances: readonly KnownInstance[];
  /** By orchestrator's cluster name: what a query or a pattern found, and what a person has set. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly ownAliases: ReadonlyMap<string, string>;
  readonly domains: ReadonlyMap<string, string>;
  readonly rules: readonly z.output<typeof Candidate>[];
  readonly downtimes: readonly z.output<typeof Downtimed>[];
  readonly tags: readonly z.output<typeof Tag>[];
  readonly pooled: readonly z.output<typeof Pooled>[];
  readonly recoveriesDisabled: boolean;
  /** The oldest first. */
  readonly recoveries: readonly PastRecovery[];
  /** Of each table that had any, how many rows could not be read, and why the first could not. */
  readonly unread: readonly { readonly table: string; readonly count: number; readonly because: string }[];
}

export interface KnownInstance {
  readonly key: InstanceKey;
  readonly clusterName: string;
  /** Null where the row is of an orchestrator whose columns are others. */
  readonly read: Instance | null;
}

const shown = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;
/** A name that will be a hook's word, a line of the log and part of a terminal's. */
const Name = z
  .string()
  .trim()
  .min(1, { error: 'a name is empty' })
  .max(128, { error: 'a name has more than 128 characters' })
  .regex(shown, { error: 'a name has control characters' });
const Words = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').replace(/\p{Cc}/gu, ' ').trim());

/** `2026-11-22 08:29:57` in UTC, as MySQL gives it and as SQLite keeps it, with T, fractions or a zone or without. */
const Moment = z.string().transform((text, context) => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}Z`);
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 30)}" is no moment` });
  return z.NEVER;
});
const isKey = (host: string, port: number) => parseInstanceKey(instanceKey(host, port)) !== null;
const Keyed = z
  .object({ hostname: z.string(), port: z.number() })
  .refine(({ hostname, port }) => isKey(hostname, port), { error: 'it is no host and port' });
const keyOf = ({ hostname, port }: { hostname: string; port: number }) => instanceKey(hostname, port);

const Placed = z
  .looseObject({ hostname: z.string(), port: z.number(), cluster_name: z.string() })
  .refine(({ hostname, port }) => isKey(hostname, port), { error: 'it is no host and port' })
  .transform(knownInstance);
const Alias = z.object({ cluster_name: z.string(), alias: Name });
const Domain = z.object({ cluster_name: z.string(), domain_name: Name });
const Candidate = Keyed.and(z.object({ promotion_rule: z.enum(promotionRules) })).transform((row) => ({
  key: keyOf(row),
  rule: row.promotion_rule,
}));
const Downtimed = Keyed.and(
  z.object({ downtime_active: SqlFlag.nullable(), end_timestamp: Moment, owner: Words, reason: Words }),
).transform((row) => ({
  key: keyOf(row),
  /** One that was ended by hand keeps its row. */
  isActive: row.downtime_active === true,
  until: row.end_timestamp,
  owner: row.owner,
  reason: row.reason,
}));
const Tag = Keyed.and(z.object({ tag_name: Name, tag_value: Words })).transform((row) => ({
  key: keyOf(row),
  name: row.tag_name,
  value: row.tag_value,
}));
const Pooled = Keyed.and(z.object({ pool: Name, registered_at: Moment })).transform((row) => ({
  key: keyOf(row),
  pool: row.pool,
  at: row.registered_at,
}));
const Disabled = z.object({ disable_recovery: SqlFlag });
const Recovery = Keyed.and(
  z.object({
    recovery_id: z.number(),
    uid: z.string().default(''),
    analysis: Words,
    cluster_name: z.string().default(''),
    cluster_alias: Words,
    start_active_period: Moment,
    end_recovery: Moment.nullish(),
    is_successful: SqlFlag.default(false),
    successor_hostname: z.string().nullish(),
    successor_port: z.number().nullish(),
    lost_slaves: Words,
    all_errors: Words,
    acknowledged: SqlFlag.default(false),
    acknowledged_at: Moment.nullish(),
    acknowledged_by: Words,
    acknowledge_comment: Words,
  }),
).transform((row) => {
  const { successor_hostname: host, successor_port: port } = row;
  return {
    id: row.recovery_id,
    /** Empty where an old orchestrator gave it none. */
    uid: row.uid,
    failed: keyOf(row),
    code: row.analysis,
    clusterName: row.cluster_name,
    alias: row.cluster_alias,
    startedAt: row.start_active_period,
    /** Null where orchestrator never wrote down that it had ended. */
    endedAt: row.end_recovery ?? null,
    isSuccessful: row.is_successful,
    successor: host && port && isKey(host, port) ? instanceKey(host, port) : null,
    lost: row.lost_slaves.split(',').flatMap((text) => parseInstanceKey(text) ?? []),
    errors: row.all_errors,
    acknowledged: row.acknowledged
      ? { by: row.acknowledged_by, why: row.acknowledge_comment, at: row.acknowledged_at ?? null }
      : null,
  };
});
export type PastRecovery = z.output<typeof Recovery>;

/** Reads a backend. Throws `backend-unreadable` where it is none of orchestrator's. */
export async function readBackend(tables: BackendTables): Promise<Backend> {
  const unread: Backend['unread'][number][] = [];
  async function read<Shape extends z.ZodType>(table: string, shape: Shape): Promise<z.output<Shape>[]> {
    const results = ((await tables.rows(table)) ?? []).map((row) => shape.safeParse(row));
    const faults = results.flatMap(({ error }) => error ?? []);
    const [issue] = faults[0]?.issues ?? [];
    if (issue !== undefined)
      unread.push({
        table,
        count: faults.length,
        because: [issue.path.join('.'), issue.message].filter((one) => one !== '').join(': '),
      });
    return results.flatMap(({ success, data }) => (success ? [data] : []));
  }

  if ((await tables.rows('database_instance')) === null)
    throw new BatonError(
      'backend-unreadable',
      `${tables.name} has no table database_instance, so it is no backend of orchestrator`,
    );
  const aliases = async (table: string) =>
    new Map((await read(table, Alias)).map((row) => [row.cluster_name, row.alias]));
  const recoveries = await read('topology_recovery', Recovery);
  return {
    name: tables.name,
    instances: await read('database_instance', Placed),
    aliases: await aliases('cluster_alias'),
    ownAliases: await aliases('cluster_alias_override'),
    domains: new Map(
      (await read('cluster_domain_name', Domain)).map((row) => [row.cluster_name, row.domain_name]),
    ),
    rules: await read('candidate_database_instance', Candidate),
    downtimes: await read('database_instance_downtime', Downtimed),
    tags: await read('database_instance_tags', Tag),
    pooled: await read('database_instance_pool', Pooled),
    recoveriesDisabled: (await read('global_recovery_disable', Disabled)).some((row) => row.disable_recovery),
    recoveries: recoveries.toSorted((one, other) => one.startedAt - other.startedAt || one.id - other.id),
    unread,
  };
}

function knownInstance(row: { hostname: string; port: number; cluster_name: string }): KnownInstance {
  const whole = DatabaseInstance.safeParse(row);
  return {
    key: keyOf(row),
    clusterName: row.cluster_name,
    read: whole.success ? instanceOf(whole.data) : null,
  };
}
