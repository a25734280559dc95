import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Fleet } from './fleet.ts';
import { moment } from './names.ts';
import type { World } from './world.ts';

/** What an auditor finds, cluster by cluster, on the servers themselves: who takes writes, and what was lost. */
export function verdict({ fleet, publisher, clock }: World): readonly string[] {
  const clusters = [...new Set(fleet.servers.map(({ cluster }) => cluster))];
  const told = publisher === null ? [] : [`the world is told of ${publisher.told.join(' and ') || 'nobody'}`];
  return [
    ...clusters.flatMap((cluster) => verdictOn(fleet, cluster)),
    ...doubled(fleet, clock.begins),
    ...told,
  ];
}

function verdictOn(fleet: Fleet, cluster: InstanceKey): string[] {
  const writable = fleet.writable(cluster);
  const acknowledged = fleet.acknowledged.filter(({ by }) => fleet.server(by).cluster === cluster).length;
  if (writable.length === 0) return [`no server of the cluster of ${cluster} takes writes`];
  return writable.map((key) => {
    const missing = fleet.missing(key).length;
    const lost = missing === 0 ? `has all ${acknowledged}` : `lacks ${missing} of ${acknowledged}`;
    return `${key} takes writes and ${lost} acknowledged writes`;
  });
}

function doubled(fleet: Fleet, begins: number): string[] {
  if (fleet.doubled.length === 0) return ['never two servers of a cluster took writes'];
  return fleet.doubled.map(
    ({ servers, at, after }) =>
      `${servers.join(' and ')} took writes at once from${moment(at, begins).trimStart().padStart(9)} on, after ${after}`,
  );
}
