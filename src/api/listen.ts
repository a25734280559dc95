import { rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/keys.ts';
import { addressIn, isLoopback } from '../config/listen-address.ts';
import type { Teller } from '../engine/ports.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { Audit } from '../telemetry/audit.ts';
import { tlsOf } from './door/certificates.ts';
import { networkDoor } from './door/doors.ts';
import { isOpen } from './door/sign-in.ts';
import { groupsOnThisMachine } from './door/unix-groups.ts';
import { registerRoutes, type Served } from './routes.ts';
import { createServer } from './server.ts';
import { registerSession } from './session.ts';
import { registerWeb } from './web.ts';

/** Where nothing is configured. */
const usual = '127.0.0.1:3000';

/**
 * Answers on ListenAddress, or on ListenSocket in its place. Throws `listen-failed` where that cannot be; where nothing
 * is configured and another program has the usual address, it says so and gives null, for nobody asked for that one.
 */
export async function listenOnNetwork(
  served: Served,
  { config, teller, audit }: { config: Config; teller: Teller; audit: Audit },
): Promise<{ close(): Promise<void> } | null> {
  const door = networkDoor(config, { teller, groupsOf: groupsOnThisMachine, now: () => performance.now() });
  const tls = await tlsOf(config);
  const server = createServer(door, tls, audit);
  await server.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: policy } });
  await server.register(
    async (prefixed) => {
      registerRoutes(prefixed, served);
      registerSession(prefixed, { config, isPretended: served.stage !== undefined });
      registerWeb(prefixed, { prefix: config.URLPrefix });
    },
    { prefix: config.URLPrefix },
  );
  try {
    await open(server, config);
  } catch (error) {
    await server.close();
    if (config.ListenAddress === '' && config.ListenSocket === '') {
      teller.warn(
        `the API cannot be reached by HTTP: ${usual} cannot be opened (${messageOf(error)}); ListenAddress names another`,
        {},
      );
      return null;
    }
    throw new BatonError('listen-failed', complaintOf(error, config), { cause: error });
  }
  say(server, config, teller);
  return { close: () => server.close() };
}

/** No answer of the API is a page, and none may be shown in a frame. The page itself has a policy of its own. */
const policy = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };

async function open(server: FastifyInstance, { ListenAddress, ListenSocket }: Config): Promise<void> {
  if (ListenSocket !== '') {
    await removeLeftOver(ListenSocket);
    await server.listen({ path: ListenSocket });
    return;
  }
  const address = addressIn(ListenAddress === '' ? usual : ListenAddress);
  if (address === null) throw new Error('it is no host:port');
  await server.listen({ host: address.host === '' ? '::' : address.host, port: address.port });
}

/** A socket at which nobody answers was left by a controller that was killed. */
async function removeLeftOver(path: string): Promise<void> {
  const isAnswered = await new Promise<boolean>((resolve) => {
    const asking = connect(path, () => resolve(true)).on('error', () => resolve(false));
    asking.unref();
    asking.on('connect', () => asking.destroy());
  });
  if (!isAnswered) await rm(path, { force: true });
}

function complaintOf(error: unknown, { ListenAddress, ListenSocket }: Config): string {
  const [key, place] =
    ListenSocket === '' ? ['ListenAddress', ListenAddress] : ['ListenSocket', ListenSocket];
  const isTaken = (error as { code?: unknown }).code === 'EADDRINUSE';
  return `${key}: ${isTaken ? `another program has ${place} already` : `${place} cannot be opened: ${messageOf(error)}`}`;
}

/** Loud where whoever reaches it may do everything. */
function say(server: FastifyInstance, config: Config, teller: Teller): void {
  const bound = server.server.address();
  const where = bound === null || typeof bound === 'string' ? config.ListenSocket : textOf(bound, config);
  teller.tell(`the API answers on ${where}`, {});
  if (bound === null || typeof bound === 'string' || isLoopback(bound.address)) return;
  if (isOpen(config))
    teller.warn(
      `ANYBODY WHO REACHES ${where} MAY DO EVERYTHING, failovers included: it is open to other machines and AuthenticationMethod is empty; set it, or give ListenAddress a 127.0.0.1`,
      {},
    );
  else if (config.AuthenticationMethod === 'proxy' && !config.UseMutualTLS)
    teller.warn(
      `whoever reaches ${where} past the proxy may call himself what he likes in ${config.AuthUserHeader}; let only the proxy reach it`,
      {},
    );
}

function textOf(bound: AddressInfo, { UseSSL, URLPrefix }: Config): string {
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `${UseSSL ? 'https' : 'http'}://${host}:${bound.port}${URLPrefix}`;
}
