import type { Order } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import type { GtidSet } from '../../topology/gtid/gtid-set.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import type { Server } from '../../topology/observation.ts';
import type { Flavour } from '../flavours/flavour.ts';

/** Each is a transaction of its own; a larger set is better said by resetBinlog. */
const most = 10_000n;

/** Statements that commit nothing under each GTID that the server has not executed. */
export function injected(
  { instance, gtids }: Extract<Order, { verb: 'injectEmpty' }>,
  { executedGtid }: Server,
  { injectEmpty }: Flavour,
): readonly string[] {
  if (injectEmpty === null)
    throw new BatonError('act-failed', `${instance} is of MariaDB, which numbers its transactions itself`);
  const missing = subtractGtid(parseGtid(gtids), parseGtid(executedGtid));
  const count = countGtid(missing);
  if (count > most)
    throw new BatonError(
      'act-failed',
      `${instance} was asked for ${count} empty transactions, and Baton writes at most ${most}: reset its binary log instead`,
    );
  return injectEmpty(singly(missing));
}

/** A stream of MySQL's is called as its GTIDs begin. */
function singly({ streams }: GtidSet): string[] {
  const found: string[] = [];
  for (const [name, { ranges }] of streams)
    for (const { first, last } of ranges)
      for (let at = first; at <= last; at += 1n) found.push(`${name}:${at}`);
  return found;
}
