import type { Order } from '../engine/ports.ts';
import { BatonError } from '../kernel/errors.ts';
import { containsGtid } from '../topology/gtid/arithmetic.ts';
import { type GtidSet, gtidSetOf } from '../topology/gtid/gtid-set.ts';
import { parseGtid } from '../topology/gtid/parse.ts';
import { uuidOf } from './observe.ts';
import type { Logged, SimulatedServer, Write } from './server.ts';

/** The writes that stand under these GTIDs and that the server has not executed. Only what somebody wrote can be named. */
export function emptiesIn(
  { instance, gtids }: Extract<Order, { verb: 'injectEmpty' }>,
  server: SimulatedServer,
  fleet: readonly SimulatedServer[],
): readonly Write[] {
  if (server.flavour === 'mariadb')
    throw new BatonError('act-failed', `${instance} is of MariaDB, which numbers its transactions itself`);
  const wanted = parseGtid(gtids);
  const found = new Map<number, Write>();
  for (const { log } of fleet)
    for (const { write } of log)
      if (!server.executed.has(write.id) && isIn(wanted, write, server)) found.set(write.id, write);
  return [...found.values()];
}

/** What is left of a server's log when exactly `executed` was in it. */
export function keptIn(
  { executed }: Extract<Order, { verb: 'resetBinlog' }>,
  server: SimulatedServer,
): Logged[] {
  const wanted = parseGtid(executed);
  return server.log.filter(({ write }) => isIn(wanted, write, server));
}

function isIn(set: GtidSet, { origin, sequence }: Write, { flavour }: SimulatedServer): boolean {
  const at = { first: BigInt(sequence), last: BigInt(sequence) };
  const name = flavour === 'mysql' ? uuidOf(origin) : '0';
  const one = gtidSetOf(flavour, [[name, { ranges: [at], server: flavour === 'mysql' ? null : origin }]]);
  return containsGtid(set, one);
}
