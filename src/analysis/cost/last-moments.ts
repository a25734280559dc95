import { z } from 'zod';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { Coordinates, coordinatesText } from '../../topology/coordinates.ts';
import { compareGtid } from '../../topology/gtid/arithmetic.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { SemiSync, type Server } from '../../topology/observation.ts';
import type { Instance } from '../../topology/snapshot.ts';

/** What is known of a failed primary's last moments, from the last time that it was read. */
export const LastMoments = z.object({
  instance: InstanceKey,
  /** When it was last read, milliseconds since 1970. */
  at: z.number(),
  uptimeSeconds: z.number(),
  /** Empty where it has no GTIDs; then its coordinates tell. */
  executedGtid: z.string(),
  coordinates: Coordinates.nullable(),
  semiSync: SemiSync,
  /** Nobody could write there any more by then, so it has no more than it said. */
  isFinal: z.boolean(),
  /**
   * It was read-only by then for all but accounts with the right to write all the same (MariaDB's READ ONLY ADMIN), so it has
   * more than it said only where such an account has written since.
   */
  isReadOnly: z.boolean().default(false),
  /** When it was certain that it commits no more: nothing listens at its address, or its power is off. Null where it may. */
  goneAt: z.number().nullable(),
  /** Replicas that were connected to it and acknowledged at about that time. */
  acknowledgers: z.array(InstanceKey).readonly(),
  /** Replicas that may acknowledge whenever they are connected, or that were never read. */
  maybe: z.array(InstanceKey).readonly(),
});
export type LastMoments = z.infer<typeof LastMoments>;

/**
 * `replicas` are those of `primary`. One counts as an acknowledger where it was seen to be one no longer than
 * `withinMs` before the primary was last read, and the primary named it then. Null where it never was read.
 */
export function lastMomentsOf(
  { key, server, checks }: Instance,
  replicas: readonly Instance[],
  { withinMs, goneAt, isStill }: { withinMs: number; goneAt: number | null; isStill: boolean },
): LastMoments | null {
  if (server === null || checks.seenAt === 0) return null;
  const since = checks.seenAt - withinMs;
  const listed = replicas.filter((replica) => server.listedReplicas.includes(replica.key));
  // Where it does not know its replicas by our names, its list says nothing.
  const connected = listed.length === 0 ? replicas : listed;
  // Who acknowledges is connected: where the primary counts as many as it names, each of those does, whenever it was seen to.
  const isEach = listed.length === server.listedReplicas.length && listed.length === server.semiSync.clients;
  const sure = isEach
    ? listed
    : connected.filter(({ acknowledgedAt }) => acknowledgedAt >= since && acknowledgedAt > 0);
  return {
    instance: key,
    at: checks.seenAt,
    uptimeSeconds: server.uptimeSeconds,
    executedGtid: server.executedGtid,
    coordinates: server.binlogCoordinates,
    semiSync: server.semiSync,
    // read_only alone lets in whoever has a right to pass it, on MySQL and on MariaDB, which has nothing more to offer.
    isFinal: isStill && server.superReadOnly,
    isReadOnly: isStill && server.readOnly,
    goneAt,
    acknowledgers: sure.map((replica) => replica.key),
    maybe: replicas
      .filter((replica) => replica.server?.semiSync.replicaEnabled ?? true)
      .map((replica) => replica.key),
  };
}

/**
 * Why a primary that was read-only, but not for everybody, may have more than it said then, by how it was `seen` again; null where it has
 * not moved.
 */
export function whyNotStill(moments: LastMoments, seen: Server | null): string | null {
  const { instance } = moments;
  if (seen === null) return `${instance} could not be read again afterwards`;
  if (!seen.readOnly) return `${instance} takes writes again`;
  const hasGtid = moments.executedGtid !== '';
  const had = hasGtid ? moments.executedGtid : placeText(moments.coordinates);
  const has = hasGtid ? seen.executedGtid : placeText(seen.binlogCoordinates);
  const isSame = hasGtid ? compareGtid(parseGtid(has), parseGtid(had)) === 'equal' : has === had;
  return isSame ? null : `${instance} was at ${had} then, and is at ${has} now`;
}

function placeText(place: Coordinates | null): string {
  return place === null ? 'no place that it names' : coordinatesText(place);
}
