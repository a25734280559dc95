import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { BatonError, messageOf } from '../../kernel/errors.ts';

/** Where orchestrator’s API is asked: the daemon’s socket, or what ORCHESTRATOR_API and `-U` name. */
export type Endpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'url'; readonly base: string; readonly auth: string | null };

/** Each that a person has named, `/api` added where it is missing (orchestrator 3.2.6, section 5.2). `auth` is `user:password`. */
export function endpointsIn(written: string, auth: string | null): readonly Endpoint[] {
  const named = written.split(/\s+/).filter((one) => one !== '');
  return named.map((one) => {
    const base = one.replace(/\/+$/, '');
    return { kind: 'url', base: base.endsWith('/api') ? base : `${base}/api`, auth };
  });
}

/** The one that leads, where there are several. Throws `daemon-unreachable`. */
export async function leaderAmong(endpoints: readonly Endpoint[]): Promise<Endpoint> {
  const [first, another] = endpoints;
  if (first !== undefined && another === undefined) return first;
  for (const endpoint of endpoints) {
    const asked = await ask(endpoint, 'leader-check', 1_000).catch(() => null);
    if (asked?.status === 200) return endpoint;
  }
  throw new BatonError('daemon-unreachable', 'Cannot determine leader from what was named');
}

/** A takeover is answered when it has ended, so there is no hurry unless `withinMs` says so. Throws `daemon-unreachable`. */
export function ask(
  endpoint: Endpoint,
  path: string,
  withinMs: number | null = null,
): Promise<{ status: number; body: unknown }> {
  const where = endpoint.kind === 'socket' ? endpoint.path : endpoint.base;
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(
        new BatonError('daemon-unreachable', `no controller answers on ${where}: ${messageOf(cause)}`, {
          cause,
        }),
      );
    const asking = opened(endpoint, path, withinMs, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', fail);
      response.on('end', () => {
        try {
          resolve({ status: response.statusCode ?? 500, body: JSON.parse(text) });
        } catch {
          fail(new Error(`what it answers is no JSON (status ${response.statusCode})`));
        }
      });
    });
    asking.on('error', fail);
    asking.on('timeout', () => asking.destroy(new Error('it did not answer in time')));
    asking.end();
  });
}

function opened(
  endpoint: Endpoint,
  path: string,
  withinMs: number | null,
  heard: (response: IncomingMessage) => void,
) {
  const options: RequestOptions = { method: 'GET', ...(withinMs === null ? {} : { timeout: withinMs }) };
  if (endpoint.kind === 'socket')
    return plainRequest({ ...options, socketPath: endpoint.path, path: `/api/${path}` }, heard);
  const url = `${endpoint.base}/${path}`;
  const request = url.startsWith('https:') ? tlsRequest : plainRequest;
  return request(url, { ...options, ...(endpoint.auth === null ? {} : { auth: endpoint.auth }) }, heard);
}
