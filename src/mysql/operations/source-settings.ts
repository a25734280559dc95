import type { Order } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { hostOf, portOf } from '../../kernel/instance-key.ts';
import type { Replication, Server } from '../../topology/observation.ts';
import type { Flavour } from '../flavours/flavour.ts';

type Of<Verb extends Order['verb']> = Extract<Order, { verb: Verb }>;

/** MySQL only has to stop applying for it, and so keeps what it has received. */
export function delaying(
  { seconds }: Of<'setDelay'>,
  { replication }: Server,
  flavour: Flavour,
): readonly string[] {
  if (replication === null) return [];
  const change = flavour.changeDelay(seconds);
  if (!flavour.changesWhileApplying) return standingStill(change, replication, flavour);
  const isApplying = replication.sqlThread === 'running';
  return oneMessage([
    ...(isApplying ? flavour.stopApplying : []),
    change,
    ...(isApplying ? flavour.startApplying : []),
  ]);
}

/** The source stays who it is, and so does the account. */
export function findingPlace(
  { instance, on }: Of<'useGtid'>,
  { replication }: Server,
  flavour: Flavour,
): readonly string[] {
  if (replication === null) return [];
  const { source, execCoordinates } = replication;
  if (!on && (execCoordinates === null || execCoordinates.file === ''))
    throw new BatonError('act-failed', `${instance} does not say where in the log of ${source} it stands`);
  const change = flavour.changeSource({
    host: hostOf(source),
    port: portOf(source),
    finds: on || execCoordinates === null ? 'gtid' : execCoordinates,
    account: null,
  });
  return standingStill(change, replication, flavour);
}

/** Applying is started first: where both threads stand still MariaDB drops its relay log. */
function standingStill(
  change: string,
  { ioThread, sqlThread }: Replication,
  flavour: Flavour,
): readonly string[] {
  const isReceiving = ioThread !== 'stopped' && ioThread !== 'none';
  return oneMessage([
    ...flavour.stopReplica,
    change,
    ...(sqlThread === 'running' ? flavour.startApplying : []),
    ...(isReceiving ? flavour.startReceiving : []),
  ]);
}

/** No life of ours ends with threads stopped that ran. */
function oneMessage(statements: readonly string[]): readonly string[] {
  return [statements.join(';\n')];
}
