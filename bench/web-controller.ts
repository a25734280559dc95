import type { ServerResponse } from 'node:http';
import Fastify from 'fastify';
import { registerWeb } from '../src/api/web.ts';

/** What the page hears of one instance, as the API tells it. */
export interface ToldInstance {
  readonly instance: string;
  readonly source: string | null;
  readonly lagSeconds: number | null;
  readonly sqlThread: string | null;
}

/**
 * Serves the page as a controller does, and tells it of a cluster of `size` instances: what the browser needs is measured,
 * not what a controller needs to look at a thousand servers, which is another figure.
 */
export async function serveFleet(size: number): Promise<{
  readonly url: string;
  readonly instances: readonly ToldInstance[];
  /** Says again how these are. */
  tell(changed: readonly ToldInstance[]): void;
  close(): Promise<void>;
}> {
  const instances = Array.from({ length: size }, (_, number) => instanceOf(number));
  const listeners = new Set<ServerResponse>();
  const server = Fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  registerWeb(server, { prefix: '' });
  server.get('/baton/v1/session', () => session);
  server.get('/baton/v1/events', (_, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write(textOf(instances));
    listeners.add(reply.raw);
    reply.raw.on('close', () => listeners.delete(reply.raw));
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    instances,
    tell(changed) {
      const text = changed.map((each) => eventOf('instance', { ...each, cluster: 'fleet' })).join('');
      for (const listener of listeners) listener.write(text);
    },
    close: () => server.close(),
  };
}

const session = {
  name: null,
  role: 'admin',
  isReadOnly: false,
  speaksForOthers: true,
  canSignOut: false,
  isPretended: false,
  reasonableLagSeconds: 10,
};

/** A primary, nine sources below it, and all others below those in turn. */
function instanceOf(number: number): ToldInstance {
  const key = (of: number) => `db${of}.example:3306`;
  const source = number === 0 ? null : number < 10 ? key(0) : key(1 + (number % 9));
  const isReplica = source !== null;
  const seen = {
    instance: key(number),
    source,
    answering: true,
    version: '10.11.6-MariaDB-log',
    readOnly: isReplica,
    ioThread: isReplica ? 'running' : null,
    sqlThread: isReplica ? 'running' : null,
    lagSeconds: isReplica ? 0 : null,
    executedGtid: '0-1-4242',
    usesGtid: true,
    errantGtid: '',
    awaitsSemiSync: !isReplica,
    acknowledgesSemiSync: isReplica,
    error: null,
    detachedFrom: null,
    isReplaced: false,
    inMaintenance: false,
    downtime: null,
    alias: '',
    dataCenter: `dc${number % 3}`,
    region: '',
    environment: 'production',
    promotionRule: 'neutral',
    lastSeen: null,
  };
  return seen;
}

function textOf(instances: readonly ToldInstance[]): string {
  const members = instances.map(({ instance }) => instance);
  const cluster = { id: 'fleet', name: members[0], alias: 'fleet', domain: '', readiness: 100, members };
  return [
    eventOf('leader', { name: 'here', since: null, isOurs: true, cutOff: null }),
    eventOf('restraints', { disabled: null, downtimes: [], maintenance: [] }),
    ...instances.map((each) => eventOf('instance', { ...each, cluster: 'fleet' })),
    eventOf('cluster', cluster),
    eventOf('clusters', ['fleet']),
    eventOf('findings', []),
  ].join('');
}

function eventOf(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
