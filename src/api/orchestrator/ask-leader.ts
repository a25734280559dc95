import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/keys.ts';
import type { Leader } from '../../engine/ports.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { changes } from '../door/caller.ts';
import { tlsOf } from '../door/certificates.ts';
import type { Route, Served } from './route.ts';

/** Where a leader’s API is. */
interface Reachable extends Leader {
  readonly address: string;
}

/** Says that a controller has handed this on already: it is handed on once. */
const routed = 'x-baton-routed';

/** A leader that does not take the connection is not there; a takeover that it has begun is waited for. */
const connectMs = 5_000;
const answerMs = 600_000;

/** The leader that is to answer in our place; null where we answer ourselves. */
export function leaderFor(
  { needs, by }: Route,
  { headers }: FastifyRequest,
  { controller }: Served,
): Reachable | null {
  const isForLeader = by === 'leader' || (by !== 'here' && changes(needs));
  if (!isForLeader || headers[routed] !== undefined) return null;
  const leader = controller.leader();
  if (leader === null || leader.isOurs || leader.address === null) return null;
  return { ...leader, address: leader.address };
}

/**
 * Asks the leader what we were asked, as its followers do in orchestrator (3.2.6, section 5.1), with whatever the asker
 * signs in by: whoever leads decides anew who may. Throws `not-leader` where it does not answer.
 */
export async function askLeader(
  { name, address }: Reachable,
  { method, url, headers }: FastifyRequest,
  config: Config,
): Promise<{ status: number; text: string }> {
  const fail = (cause: unknown) =>
    new BatonError(
      'not-leader',
      `${name} leads and does not answer at ${address}, so this was not handed on: ${messageOf(cause)}`,
      { cause },
    );
  try {
    const target = placeOf(url, address);
    const isTls = target.protocol === 'https:';
    const options = {
      method,
      headers: { ...passedOn(headers), [routed]: '1' },
      timeout: answerMs,
      // Our own certificate, and the authority that signs those of this API: the leader has to show a good one.
      ...(isTls ? { ...(await tlsOf(config)), rejectUnauthorized: true } : {}),
    };
    const asking = (isTls ? tlsRequest : plainRequest)(target, options);
    return await answered(asking);
  } catch (error) {
    throw fail(error);
  }
}

/** What was asked for, at the leader: an asker may name a host in what it asks for, and is not sent there. */
function placeOf(url: string, address: string): URL {
  const { pathname, search } = new URL(url, address);
  const place = new URL(address);
  place.pathname = pathname;
  place.search = search;
  return place;
}

type Asking = ReturnType<typeof plainRequest>;

function answered(asking: Asking): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => asking.destroy(new Error('it takes no connection')), connectMs);
    asking.on('socket', (socket) => {
      // One that was kept is connected already.
      if (socket.connecting) socket.once('connect', () => clearTimeout(late));
      else clearTimeout(late);
    });
    asking.on('timeout', () => asking.destroy(new Error('it gave no answer')));
    asking.on('error', reject);
    asking.on('close', () => clearTimeout(late));
    asking.on('response', (response) => read(response).then(resolve, reject));
    asking.end();
  });
}

async function read(response: IncomingMessage): Promise<{ status: number; text: string }> {
  response.setEncoding('utf8');
  let text = '';
  for await (const part of response) text += part;
  return { status: response.statusCode ?? 500, text };
}

/** What belongs to one connection, and what a browser says of a page, which was looked at here. */
const own: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'content-length',
  'content-type',
  'accept-encoding',
  'origin',
  'referer',
  'sec-fetch-site',
]);

function passedOn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name)));
}
