import type { GtidSet } from './gtid-set.ts';
import type { Range, Ranges } from './ranges.ts';

/** A set on one line, its streams in order: what parseGtid reads back as the same set. */
export function gtidText(set: GtidSet): string {
  return set.flavour === 'mariadb' ? mariadbText(set) : mysqlText(set);
}

function mariadbText({ streams }: GtidSet): string {
  return [...streams]
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([domain, { ranges, server }]) =>
      ranges.map((range) => `${domain}-${server ?? 0}-${upTo(range)}`),
    )
    .join(',');
}

function upTo({ first, last }: Range): string {
  return first === 1n ? `${last}` : `${first}..${last}`;
}

/** As the server does: what a server wrote under tags follows what it wrote without one. */
function mysqlText({ streams }: GtidSet): string {
  const servers = new Map<string, string>();
  const inOrder = [...streams].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, { ranges }] of inOrder) {
    const [server = '', ...tag] = name.split(':');
    const sofar = servers.get(server) ?? server;
    servers.set(server, [sofar, ...tag, intervals(ranges)].join(':'));
  }
  return [...servers.values()].join(',');
}

function intervals(ranges: Ranges): string {
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(':');
}
