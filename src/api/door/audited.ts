import type { FastifyInstance, FastifyRequest } from 'fastify';
import { messageOf } from '../../kernel/errors.ts';
import { parseInstanceKey } from '../../kernel/instance-key.ts';
import type { Audit, Audited } from '../../telemetry/audit.ts';
import { changes } from './caller.ts';
import { needOf } from './guard.ts';

/** Has every question written down that would change something: who asked, from where, why, and what came of it. */
export function auditChanges(server: FastifyInstance, audit: Audit): void {
  const failures = new WeakMap<FastifyRequest, string>();
  server.addHook('onError', async (request, _, error) => {
    failures.set(request, messageOf(error));
  });
  server.addHook('onResponse', async (request, reply) => {
    if (!changes(needOf(request)) || request.method === 'HEAD') return;
    const failure = failures.get(request) ?? null;
    audit.write(auditedOf(request, { status: reply.statusCode, failure }));
  });
}

function auditedOf(request: FastifyRequest, end: { status: number; failure: string | null }): Audited {
  const { url = '' } = request.routeOptions;
  const params = textsOf(request.params);
  const body = textsOf(request.body);
  const who = whoOf(request, params['owner'] ?? body['by'] ?? null);
  const why = body['why'] ?? params['reason'] ?? textsOf(request.query)['comment'];
  const outcome = end.failure ?? (end.status < 400 ? 'done' : `refused with ${end.status}`);
  return {
    type: typeOf(url),
    instance: instanceOf(params, body),
    cluster: clusterOf(url, params, body),
    message: `${who} from ${request.ip || 'the socket'}${why === undefined ? '' : ` (${why.trim()})`}: ${outcome}`,
  };
}

/** Who signed in; beside it whom they speak for, who may. */
function whoOf({ caller }: FastifyRequest, said: string | null): string {
  const { name, speaksForOthers } = caller;
  const trimmed = said?.trim() || null;
  if (name === null) return trimmed ?? 'somebody';
  return speaksForOthers && trimmed !== null && trimmed !== name ? `${trimmed} (as ${name})` : name;
}

/** The verb of a path: orchestrator’s is its first word behind /api, ours the last that is no parameter. */
function typeOf(url: string): string {
  const [, orchestrators] = /\/api\/([^/:]+)/.exec(url) ?? [];
  if (orchestrators !== undefined) return orchestrators;
  const words = url.split('/').filter((word) => word !== '' && !word.startsWith(':'));
  const [verb = '', noun = ''] = words.toReversed();
  return verb === 'begin' || verb === 'end' ? `${verb}-${noun}` : verb;
}

function instanceOf(params: Texts, body: Texts): Audited['instance'] {
  const named = [params['name'], body['instance'], body['name']].find((one) => one?.includes(':'));
  const key = named === undefined ? null : parseInstanceKey(named, 0);
  const text = key ?? (params['host'] === undefined ? null : `${params['host']}:${params['port'] ?? 0}`);
  if (text === null) return { host: '', port: null };
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

function clusterOf(url: string, params: Texts, body: Texts): string {
  const ofPath = url.includes('/clusters/') ? params['name'] : params['clusterHint'];
  return ofPath ?? body['cluster'] ?? '';
}

type Texts = Readonly<Record<string, string | undefined>>;

/** What strangers send may be anything. */
function textsOf(value: unknown): Texts {
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([name, one]) => (typeof one === 'string' ? [[name, one]] : [])),
  );
}
