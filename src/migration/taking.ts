import { createHash } from 'node:crypto';
import { z } from 'zod';
import { groupTable, table } from '../analysis/table.ts';
import type { Journal } from '../engine/ports.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { Server } from '../topology/observation.ts';
import type { Downtime } from '../topology/snapshot.ts';
import { orchestratorRecovery } from '../../workflows/acting.ts';
import type { Backend, PastRecovery } from './backend.ts';

/** A fact to be kept in the journal. */
export interface TakenFact {
  readonly room: string;
  readonly name: string;
  readonly value: unknown;
}

/** A recovery of orchestrator's as a run that has ended; `acknowledged` is null where nobody has seen it. */
export interface TakenRun {
  readonly opening: {
    readonly uid: string;
    readonly workflow: string;
    readonly digest: string;
    readonly subject: string;
    readonly exclusive: false;
    readonly input: unknown;
    readonly at: number;
  };
  readonly end: {
    readonly kind: 'ended';
    readonly state: string;
    readonly sentence: string;
    readonly output: unknown;
  };
  readonly endedAt: number;
  readonly acknowledged: { readonly by: string; readonly why: string; readonly at: number } | null;
}

/** What an import would write, and in sentences what it takes and what it leaves. */
export interface Taking {
  readonly facts: readonly TakenFact[];
  readonly runs: readonly TakenRun[];
  readonly takes: readonly string[];
  readonly leaves: readonly string[];
}

/** What the journal knows already; it stays as it is. */
export interface Known {
  readonly rooms: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** Recoveries of its own are in it. */
  readonly hasRecoveries: boolean;
}

/** The rooms of the journal that an import writes into. */
const rooms = [
  'instances',
  'labels',
  'aliases',
  'own-aliases',
  'domains',
  'promotion-rules',
  'tags',
  'pools',
  'restraints',
] as const;

export async function knownIn(journal: Journal, acting: readonly string[]): Promise<Known> {
  const kept = await Promise.all(rooms.map(async (room) => [room, await journal.kept(room)] as const));
  const own = await journal.list({ workflow: acting, limit: 1 });
  return { rooms: new Map(kept), hasRecoveries: own.length > 0 };
}

const Kept = z.looseObject({ clusterId: z.string().nullable(), downtime: z.unknown() });

/** What of a backend goes into a journal, beside what is there. The same backend and journal give the same. */
export function takingOf(backend: Backend, known: Known, now: number): Taking {
  const clusterIds = clusterIdsOf(backend, known);
  const facts = [
    ...instanceFacts(backend, known, { clusterIds, now }),
    ...labelFacts(backend, known),
    ...nameFacts('aliases', backend.aliases, known, clusterIds),
    ...nameFacts('own-aliases', backend.ownAliases, known, clusterIds),
    ...nameFacts('domains', backend.domains, known, clusterIds),
    ...ruleFacts(backend, known),
    ...tagFacts(backend, known),
    ...poolFacts(backend, known),
    ...disableFact(backend, known, now),
  ];
  const runs = known.hasRecoveries ? [] : backend.recoveries.map((one) => takenRun(one, backend, clusterIds));
  return {
    facts,
    runs,
    takes: takesOf(facts, runs),
    leaves: leavesOf(backend, known, { clusterIds, now }),
  };
}

/** Each of orchestrator's clusters under the id that it has, or gets: the same whenever it is imported. */
function clusterIdsOf({ instances }: Backend, known: Known): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { key, clusterName } of instances) {
    if (clusterName === '') continue;
    const kept = Kept.safeParse(room(known, 'instances').get(key)).data?.clusterId ?? null;
    if (kept !== null) ids.set(clusterName, kept);
    else if (!ids.has(clusterName)) ids.set(clusterName, digestOf(`cluster ${clusterName}`).slice(0, 16));
  }
  return ids;
}

function instanceFacts(
  { instances, downtimes }: Backend,
  known: Known,
  { clusterIds, now }: { clusterIds: ReadonlyMap<string, string>; now: number },
): TakenFact[] {
  const lasting = new Map<InstanceKey, Downtime>();
  for (const { key, isActive, until, owner, reason } of downtimes)
    if (isActive && until > now) lasting.set(key, { owner, reason, until });
  return instances.flatMap(({ key, clusterName, read }): TakenFact[] => {
    const downtime = lasting.get(key) ?? null;
    const there = Kept.safeParse(room(known, 'instances').get(key)).data;
    if (there !== undefined) {
      if (downtime === null || there.downtime !== null) return [];
      return [{ room: 'instances', name: key, value: { ...there, downtime } }];
    }
    const clusterId = clusterIds.get(clusterName) ?? null;
    const server = Server.safeParse(read?.server).data ?? null;
    const { seenAt, checkedAt } = server === null || read === null ? neverSeen : read.checks;
    const value = { clusterId, server, seenAt, checkedAt, acknowledgedAt: 0, downtime, replaced: null };
    return [{ room: 'instances', name: key, value }];
  });
}

const neverSeen = { seenAt: 0, checkedAt: 0 };

/** What a server said of itself, for those that are dead when Baton first looks. */
function labelFacts({ instances, rules }: Backend, known: Known): TakenFact[] {
  const ruleOf = new Map(rules.map(({ key, rule }) => [key, rule]));
  return instances.flatMap(({ key, read }) => {
    if (read === null || room(known, 'labels').has(key)) return [];
    const { alias, dataCenter, region, environment } = read;
    const promotionRule = ruleOf.get(key) ?? null;
    if ([alias, dataCenter, region, environment].every((text) => text === '') && !ruleOf.has(key)) return [];
    const value = { alias, dataCenter, region, environment, promotionRule, semiSyncPriority: null };
    return [{ room: 'labels', name: key, value }];
  });
}

/** Of clusters that have instances; a name that the journal has already stays. */
function nameFacts(
  where: 'aliases' | 'own-aliases' | 'domains',
  names: ReadonlyMap<string, string>,
  known: Known,
  clusterIds: ReadonlyMap<string, string>,
): TakenFact[] {
  return [...names].flatMap(([clusterName, name]) => {
    const id = clusterIds.get(clusterName);
    if (id === undefined || room(known, where).has(id)) return [];
    return [{ room: where, name: id, value: name }];
  });
}

function ruleFacts({ rules }: Backend, known: Known): TakenFact[] {
  return rules.flatMap(({ key, rule }) =>
    rule === 'neutral' || room(known, 'promotion-rules').has(key)
      ? []
      : [{ room: 'promotion-rules', name: key, value: rule }],
  );
}

function tagFacts({ tags }: Backend, known: Known): TakenFact[] {
  const byInstance = new Map<InstanceKey, Record<string, string>>();
  for (const { key, name, value } of tags) byInstance.set(key, { ...byInstance.get(key), [name]: value });
  return [...byInstance].flatMap(([key, value]) =>
    room(known, 'tags').has(key) ? [] : [{ room: 'tags', name: key, value }],
  );
}

/** One that orchestrator has forgotten by then is forgotten here too. */
function poolFacts({ pooled }: Backend, known: Known): TakenFact[] {
  const pools = new Map<string, { readonly instances: readonly InstanceKey[]; readonly at: number }>();
  for (const { pool, key, at } of pooled) {
    const before = pools.get(pool);
    const instances = [...(before?.instances ?? []), key];
    pools.set(pool, { instances, at: Math.max(at, before?.at ?? 0) });
  }
  return [...pools].flatMap(([name, value]) =>
    room(known, 'pools').has(name) ? [] : [{ room: 'pools', name, value }],
  );
}

function disableFact({ recoveriesDisabled }: Backend, known: Known, now: number): TakenFact[] {
  if (!recoveriesDisabled || room(known, 'restraints').has('disabled')) return [];
  const value = { who: 'orchestrator', why: 'recoveries were disabled there when its backend was imported' };
  return [{ room: 'restraints', name: 'disabled', value: { ...value, at: now } }];
}

const treatments = new Map(
  [...table, ...groupTable].map(({ code, treatment }) => [code as string, treatment]),
);

function takenRun(
  one: PastRecovery,
  { instances, aliases, ownAliases, domains }: Backend,
  clusterIds: ReadonlyMap<string, string>,
): TakenRun {
  const clusterOf = (key: InstanceKey | null) => instances.find((known) => known.key === key)?.clusterName;
  // A cluster is called after its primary, so it may be called otherwise since.
  const name = clusterOf(one.successor) || clusterOf(one.failed) || one.clusterName;
  const id = clusterIds.get(name) ?? digestOf(`cluster ${name}`).slice(0, 16);
  const alias = one.alias || ownAliases.get(name) || aliases.get(name) || name;
  const cluster = { id, name: one.clusterName, alias, domain: domains.get(name) ?? name };
  const treatment = treatments.get(one.code) ?? 'none';
  const isDone = one.isSuccessful && one.endedAt !== null;
  const reason = isDone ? null : whyNot(one);
  const endedAt = one.endedAt ?? one.startedAt;
  return {
    opening: {
      uid: uidOf(one),
      workflow: orchestratorRecovery,
      digest: 'orchestrator',
      subject: id,
      exclusive: false,
      input: { finding: { instance: one.failed, code: one.code, treatment }, cluster },
      at: one.startedAt,
    },
    end: {
      kind: 'ended',
      state: isDone ? 'recovered' : 'failed',
      sentence: isDone ? sentenceOf(one) : `orchestrator did not recover ${one.failed}: ${reason}.`,
      output: {
        successful: isDone,
        successor: isDone ? one.successor : null,
        lost: one.lost.map((instance) => ({ instance, because: 'orchestrator lost it in this recovery' })),
        verdict: null,
        reason,
      },
    },
    endedAt,
    acknowledged:
      one.acknowledged === null
        ? null
        : {
            by: one.acknowledged.by || 'orchestrator',
            why: one.acknowledged.why || 'acknowledged in orchestrator',
            at: one.acknowledged.at ?? endedAt,
          },
  };
}

function sentenceOf({ failed, successor }: PastRecovery): string {
  return successor === null
    ? `orchestrator recovered ${failed}.`
    : `orchestrator put ${successor} in the place of ${failed}.`;
}

function whyNot({ endedAt, errors, successor }: PastRecovery): string {
  if (endedAt === null) return 'it never wrote down that this recovery had ended';
  if (errors !== '') return errors.replace(/\.$/, '');
  return successor === null ? 'it promoted nobody' : `it did not count ${successor} as a success`;
}

function uidOf({ uid, id, failed, startedAt }: PastRecovery): string {
  if (/^\d+:[0-9a-f]{16,64}$/.test(uid)) return uid;
  return `${BigInt(startedAt) * 1_000_000n}:${digestOf(`recovery ${id} of ${failed} ${uid}`)}`;
}

function takesOf(facts: readonly TakenFact[], runs: readonly TakenRun[]): string[] {
  const of = (where: string) => facts.filter((fact) => fact.room === where);
  const clusters = new Set(
    of('instances').map(({ value }) => (value as { clusterId: string | null }).clusterId),
  );
  const downtimes = of('instances').filter(({ value }) => (value as { downtime: unknown }).downtime !== null);
  const seen = runs.filter(({ acknowledged }) => acknowledged !== null);
  const lines: readonly (readonly [number, string])[] = [
    [of('instances').length, `instances: COUNT, of ${counted(clusters.size, 'cluster')}`],
    [downtimes.length, 'downtimes: COUNT, until orchestrator would have ended them'],
    [of('aliases').length, 'aliases of clusters: COUNT'],
    [
      of('own-aliases').length,
      'aliases of clusters that were set by hand: COUNT, until baton alias says otherwise',
    ],
    [of('domains').length, 'domains of clusters: COUNT'],
    [
      of('promotion-rules').length,
      'promotion rules: COUNT, until DetectPromotionRuleQuery or baton candidate says otherwise (orchestrator forgot them after CandidateInstanceExpireMinutes)',
    ],
    [of('tags').length, 'instances with tags: COUNT'],
    [of('pools').length, 'pools: COUNT, for InstancePoolExpiryMinutes after they were submitted'],
    [runs.length, `past recoveries: COUNT, acknowledged: ${seen.length}`],
    [of('restraints').length, 'all recoveries are disabled, until baton enable-recoveries'],
  ];
  return told(lines);
}

/** Each line that counts anything. */
function told(lines: readonly (readonly [number, string])[]): string[] {
  return lines.flatMap(([count, what]) => (count === 0 ? [] : [what.replace('COUNT', String(count))]));
}

function leavesOf(
  backend: Backend,
  known: Known,
  { clusterIds, now }: { clusterIds: ReadonlyMap<string, string>; now: number },
): string[] {
  const there = backend.instances.filter(({ key }) => room(known, 'instances').has(key));
  const partial = backend.instances.filter(({ read }) => read === null);
  const over = backend.downtimes.filter(({ isActive, until }) => !isActive || until <= now);
  const nameless = [...backend.aliases.keys(), ...backend.ownAliases.keys()].filter(
    (name) => !clusterIds.has(name),
  );
  const lines: readonly (readonly [number, string])[] = [
    [there.length, 'instances that the journal knows already, and that stay as they are there: COUNT'],
    [
      partial.length,
      'all but the addresses of COUNT instances: their rows have other columns than orchestrator 3.2.6; Baton reads the servers itself',
    ],
    [over.length, 'downtimes that are over: COUNT'],
    [nameless.length, 'aliases of clusters without any instance: COUNT'],
    [
      known.hasRecoveries ? backend.recoveries.length : 0,
      'past recoveries: COUNT; this journal has recoveries of its own by now, and is read in the order of its writing',
    ],
    ...backend.unread.map(
      ({ table, count, because }) =>
        [count, `rows of ${table} that cannot be read: COUNT, the first for ${because}`] as const,
    ),
  ];
  return [
    ...told(lines),
    'the steps of past recoveries, the audit and the detections: Baton has no words for them, and orchestrator’s backend keeps them',
    'maintenance, attributes of hosts, access tokens and names of hosts: Baton finds out the names itself and has no use for the others',
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function room(known: Known, name: (typeof rooms)[number]): ReadonlyMap<string, unknown> {
  return known.rooms.get(name) ?? new Map();
}

/** 64 hexadecimal digits, the same for the same. */
function digestOf(text: string): string {
  return createHash('sha256').update(`orchestrator ${text}`).digest('hex');
}
