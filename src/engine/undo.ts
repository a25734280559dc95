import { z } from 'zod';
import { InstanceKey } from '../kernel/instance-key.ts';
import { Coordinates } from '../topology/coordinates.ts';
import type { Server } from '../topology/observation.ts';
import type { Order } from './ports.ts';
import type { JournalRecord } from './record.ts';
import { spelled, toldOutcome } from './telling.ts';

/** How a server stood before an act: what its undo goes back to. What an older build wrote does not say all of it. */
const Before = z.object({
  readOnly: z.boolean(),
  superReadOnly: z.boolean().default(false),
  source: InstanceKey.nullable(),
  detachedFrom: InstanceKey.nullable().default(null),
  receiving: z.boolean(),
  applying: z.boolean().default(true),
  /** How late it applied on purpose; null where it replicates from nothing. */
  delaySeconds: z.number().nullable().default(null),
  /** Whether it replicates by GTID; null where it replicates from nothing. */
  byGtid: z.boolean().nullable().default(null),
  /** Where in its source's log it had got to; null where it replicates by GTID, or from nothing. */
  at: Coordinates.nullable().default(null),
  /** Where its own log ended; null where it writes none. */
  log: Coordinates.nullable().default(null),
  semiSync: z.object({ primary: z.boolean(), replica: z.boolean() }).nullable().default(null),
});
type Before = z.infer<typeof Before>;

export function beforeOf(server: Server): Before {
  const { replication, detachedFrom, detachedAt } = server;
  return {
    readOnly: server.readOnly,
    superReadOnly: server.superReadOnly,
    source: replication?.source ?? null,
    detachedFrom,
    receiving: replication !== null && replication.ioThread !== 'stopped' && replication.ioThread !== 'none',
    applying: replication?.sqlThread === 'running',
    delaySeconds: replication?.sqlDelaySeconds ?? null,
    byGtid: replication === null ? null : replication.position !== 'coordinates',
    at: replication?.position === 'coordinates' ? replication.execCoordinates : detachedAt,
    log: server.binlogCoordinates,
    semiSync: { primary: server.semiSync.primaryEnabled, replica: server.semiSync.replicaEnabled },
  };
}

type Act = Extract<JournalRecord, { kind: 'act' }>;

/** What a run has done to one server. */
interface Touched {
  readonly before: Before;
  readonly verbs: Set<string>;
  /** The last place of a new source's log from which it was made to go on. */
  place: Coordinates | null;
}

/**
 * The orders that would put back what these records' acts have changed, last change first. An act
 * without an outcome may have been done, so it is undone too; on a server that was never changed its
 * undo finds everything already as wanted. Doing them twice changes nothing more.
 */
export function undoOf(records: readonly JournalRecord[], undoStep: string): Order[] {
  const touched = new Map<InstanceKey, Touched>();
  for (const record of actsIn(records, undoStep)) {
    const before = Before.parse(record.before);
    const known = touched.get(record.instance) ?? { before, verbs: new Set(), place: null };
    known.verbs.add(record.verb);
    if (record.verb === 'follow') known.place = Place.parse(record.order).at;
    touched.set(record.instance, known);
  }
  return [...touched].reverse().flatMap(([instance, one]) => restoring(instance, one));
}

/** How a server stood before this run first gave it such an order; null where it never did. */
export function stoodBefore(
  records: readonly JournalRecord[],
  { verb, instance }: Pick<Order, 'verb' | 'instance'>,
): Before | null {
  const first = records.find(
    (record): record is Act => record.kind === 'act' && record.verb === verb && record.instance === instance,
  );
  return first === undefined ? null : Before.parse(first.before);
}

/** What no order puts back of what this run has done, a sentence each (P9). Ended connections and statements are begun anew by whoever had them. */
export function lastingIn(records: readonly JournalRecord[], undoStep: string): readonly string[] {
  const acts = actsIn(records, undoStep)
    .filter(({ verb, seq }) => lasting.has(verb) && !(isAllOrNothing(verb) && hasFailed(records, seq)))
    .map(({ instance, order }) => `${instance} was asked to ${spelled(order as Order)}, which stays`);
  return [...acts, ...commandsIn(records)];
}

/** A command that was begun may have cut the power of a host, or given a server what no other has. */
function commandsIn(records: readonly JournalRecord[]): readonly string[] {
  return records.flatMap((record) => {
    if (record.kind !== 'command' || record.name === 'RescueCommand') return [];
    const end = records.find((one) => one.kind === 'commanded' && one.run === record.seq);
    const outcome = end?.kind === 'commanded' ? end.outcome : null;
    if (outcome?.ended === 'not-started') return [];
    return [
      `${record.name} ${outcome === null ? 'was begun' : toldOutcome(outcome)}, and what it has done stays`,
    ];
  });
}

const lasting: ReadonlySet<string> = new Set([
  'purgeBinlog',
  'skipTransaction',
  'injectEmpty',
  'resetBinlog',
  'clone',
]);

/** One statement, which a server that refuses it has not begun. */
function isAllOrNothing(verb: string): boolean {
  return verb === 'purgeBinlog';
}

function hasFailed(records: readonly JournalRecord[], seq: number): boolean {
  return records.some((one) => one.kind === 'acted' && one.of === seq && one.outcome === 'failed');
}

const Place = z.object({ at: Coordinates.nullable().default(null) });

function actsIn(records: readonly JournalRecord[], undoStep: string): readonly Act[] {
  return records.filter((record): record is Act => record.kind === 'act' && record.step !== undoStep);
}

/** Starting a stopped thread again keeps its relay log; following anew would not, so it is the last resort. */
function restoring(instance: InstanceKey, { before, verbs, place }: Touched): Order[] {
  const { readOnly, superReadOnly } = before;
  const toReadOnly: Order = {
    verb: 'setReadOnly',
    instance,
    readOnly,
    ...(superReadOnly ? { evenSuper: true } : {}),
  };
  return [
    ...(readOnly ? [toReadOnly] : []),
    ...(resourcing.some((verb) => verbs.has(verb))
      ? followingAgain(instance, before, place)
      : threadsAgain(instance, before, verbs)),
    ...sourceSettingsAgain(instance, before, verbs),
    ...semiSyncAgain(instance, before, verbs),
    ...(readOnly ? [] : [toReadOnly]),
  ];
}

/** Verbs after which a server does not know its source any more, or has another. */
const resourcing = ['promote', 'follow', 'forget', 'detach', 'reattach'];

function followingAgain(
  instance: InstanceKey,
  { source, detachedFrom, receiving, applying, at }: Before,
  place: Coordinates | null,
): Order[] {
  const from = source ?? detachedFrom;
  if (from === null) return [{ verb: 'forget', instance }];
  const follow: Order = {
    verb: 'follow',
    instance,
    source: from,
    ...(at === null ? {} : { at }),
    ...(at === null || place === null ? {} : { ifStillAt: place }),
  };
  if (source === null) return [follow, { verb: 'detach', instance }];
  return [
    follow,
    ...(receiving ? [] : [{ verb: 'stopReceiving', instance } as const]),
    ...(applying ? [] : [{ verb: 'stopApplying', instance } as const]),
  ];
}

/**
 * Applying is started first and stopped last: MariaDB drops the relay log where both threads stand still, and is made
 * to apply before its receiving thread is stopped.
 */
function threadsAgain(
  instance: InstanceKey,
  { source, receiving, applying }: Before,
  verbs: ReadonlySet<string>,
): Order[] {
  if (source === null) return [];
  const has = (...some: readonly string[]) => some.some((verb) => verbs.has(verb));
  const orders: Order[] = [];
  if (applying && has('stopApplying')) orders.push({ verb: 'startApplying', instance });
  if (receiving) orders.push({ verb: 'startReceiving', instance });
  else if (has('startReceiving', 'reconnect')) orders.push({ verb: 'stopReceiving', instance });
  if (!applying && has('startApplying', 'stopReceiving')) orders.push({ verb: 'stopApplying', instance });
  return orders;
}

/** Each keeps the threads as they are. Whoever forgets its source forgets how late it was to apply. */
function sourceSettingsAgain(
  instance: InstanceKey,
  { delaySeconds, byGtid }: Before,
  verbs: ReadonlySet<string>,
): Order[] {
  const hasForgotten = verbs.has('forget') || verbs.has('promote');
  return [
    ...(delaySeconds !== null && (verbs.has('setDelay') || (delaySeconds > 0 && hasForgotten))
      ? [{ verb: 'setDelay', instance, seconds: delaySeconds } as const]
      : []),
    ...(byGtid !== null && verbs.has('useGtid') ? [{ verb: 'useGtid', instance, on: byGtid } as const] : []),
  ];
}

function semiSyncAgain(instance: InstanceKey, { semiSync }: Before, verbs: ReadonlySet<string>): Order[] {
  if (semiSync === null || !verbs.has('setSemiSync')) return [];
  return [
    { verb: 'setSemiSync', instance, side: 'replica', enabled: semiSync.replica },
    { verb: 'setSemiSync', instance, side: 'primary', enabled: semiSync.primary },
  ];
}
