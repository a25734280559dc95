import { messageOf } from '../../kernel/errors.ts';
import { subtractGtid, unionGtid } from '../../topology/gtid/arithmetic.ts';
import type { GtidSet } from '../../topology/gtid/gtid-set.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import type { Server } from '../../topology/observation.ts';
import type { Instance } from '../../topology/snapshot.ts';

/** A replica that was reached after its receiving thread had stopped, so that what it has is final. */
export interface Candidate {
  readonly instance: Instance;
  readonly server: Server;
  /** Its source was a replica of the failed primary and is gone too: it may give what it has, and does not lead. */
  readonly isOrphan?: true;
}

/** Why nobody can tell what a server has: a set that it says is malformed, or was cut off. Null where they can. */
export function unreadableGtidOf(server: Server): string | null {
  try {
    holdings(server);
    return null;
  } catch (error) {
    return `says a GTID set that cannot be read: ${messageOf(error)}`;
  }
}

/** Everything a server has: what it executed, and what it received and has yet to apply. */
export function holdings(server: Server): GtidSet {
  return onceFor(server, everHeld, () =>
    unionGtid(executed(server), parseGtid(server.replication?.receivedGtid ?? '')),
  );
}

export function executed(server: Server): GtidSet {
  return onceFor(server, everExecuted, () => parseGtid(server.executedGtid));
}

/** What it received and has yet to apply. */
export function unapplied(server: Server): GtidSet {
  return subtractGtid(holdings(server), executed(server));
}

/** A set may be megabytes long, and a choice compares each candidate with several others: one reading is parsed once. */
const everHeld = new WeakMap<Server, GtidSet>();
const everExecuted = new WeakMap<Server, GtidSet>();

function onceFor(server: Server, known: WeakMap<Server, GtidSet>, make: () => GtidSet): GtidSet {
  const set = known.get(server) ?? make();
  known.set(server, set);
  return set;
}

/** It has transactions that its source never had. */
export function isErrant({ instance }: Candidate): boolean {
  return instance.gtidErrant !== '';
}

/**
 * What of its transactions came from its source. MariaDB gives numbers away twice, its own among those of others;
 * what it received from its source it says apart.
 */
export function inherited({ instance, server }: Candidate, has: GtidSet = holdings(server)): GtidSet {
  if (instance.gtidErrant === '') return has;
  if (server.flavour !== 'mariadb') return subtractGtid(has, parseGtid(instance.gtidErrant));
  return parseGtid(server.replication?.receivedGtid || server.executedGtid);
}
