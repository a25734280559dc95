import type { InstanceKey } from '../../kernel/instance-key.ts';
import { compareCoordinates, type Coordinates, coordinatesText } from '../../topology/coordinates.ts';
import { countGtid, subtractGtid, unionGtid } from '../../topology/gtid/arithmetic.ts';
import { type GtidSet, isEmptyGtid } from '../../topology/gtid/gtid-set.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import type { Server } from '../../topology/observation.ts';
import { holdings } from '../choice/candidates.ts';

/** A replica that was read after it had stopped receiving: what it has from its source is final. */
export interface Reached {
  readonly key: InstanceKey;
  readonly server: Server;
  /** When it was read, milliseconds since 1970. */
  readonly at: number;
  /** What somebody wrote on the replica itself. */
  readonly errant: string;
}

/** Transactions that some have and others have not; the text names them as a DataVerdict does. */
export interface Missing {
  readonly text: string;
  readonly count: number | null;
}

const nothing: Missing = { text: '', count: 0 };

/**
 * What the primary had executed, and what any of `reached` has received from it, that none of `chosen` has. By
 * GTID; where the chosen ones replicate without, by the coordinates of its binary log.
 */
export function missingFrom(
  chosen: readonly Reached[],
  reached: readonly Reached[],
  primary: {
    readonly executedGtid: string;
    readonly coordinates: Coordinates | null;
    /** GTIDs that were found in its binary log. */
    readonly tail: string;
  },
): Missing {
  if (chosen.some(({ server }) => server.replication?.position === 'coordinates'))
    return beyond(chosen, reached, primary.coordinates);
  const said = unionGtid(parseGtid(primary.executedGtid), parseGtid(primary.tail));
  const written = reached.reduce((sum, one) => unionGtid(sum, received(one)), said);
  const kept = chosen.reduce((sum, one) => unionGtid(sum, received(one)), parseGtid(''));
  const missing = subtractGtid(written, kept);
  return isEmptyGtid(missing) ? nothing : { text: gtidText(missing), count: Number(countGtid(missing)) };
}

/**
 * What of its transactions came from its source. MariaDB gives numbers away twice, so that what somebody wrote on
 * a replica passes for what it lacks; what it received it says apart.
 */
function received({ server, errant }: Reached): GtidSet {
  if (server.flavour === 'mariadb') return parseGtid(server.replication?.receivedGtid || server.executedGtid);
  return errant === '' ? holdings(server) : subtractGtid(holdings(server), parseGtid(errant));
}

function beyond(
  chosen: readonly Reached[],
  reached: readonly Reached[],
  written: Coordinates | null,
): Missing {
  const kept = last(chosen.map(read));
  const most = last([written, ...reached.map(read)]);
  if (most === null || (kept !== null && compareCoordinates(kept, most) >= 0)) return nothing;
  const from = kept === null ? '' : coordinatesText(kept);
  return { text: `${from}..${coordinatesText(most)}`, count: null };
}

function read({ server }: Reached): Coordinates | null {
  return server.replication?.readCoordinates ?? null;
}

function last(places: readonly (Coordinates | null)[]): Coordinates | null {
  return places
    .filter((place) => place !== null)
    .reduce<Coordinates | null>(
      (most, place) => (most === null || compareCoordinates(place, most) > 0 ? place : most),
      null,
    );
}
