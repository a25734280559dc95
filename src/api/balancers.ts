import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../controller/controller.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { isReplicating } from '../topology/observation.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import { read } from './read.ts';

/** What a balancer is told: 200 for yes, 503 for no, and why, for the person who reads its log. */
interface Verdict {
  readonly is: boolean;
  readonly because: string;
}

const Asked = z.object({
  /** host:port; where it is absent, HAProxy’s own header says which server is meant. */
  instance: z.string().min(1).optional(),
  /** In seconds; no more than that is called a replica. */
  lag: z.coerce.number().min(0).optional(),
});
type Asked = z.infer<typeof Asked>;

/**
 * For balancers and operators, who sign in nowhere: whether this controller is well, and whether a server is the
 * primary or a replica of its cluster, as Baton sees it. HAProxy asks with `option httpchk GET /primary` and
 * `http-check send-state`, or with `?instance=db1:3306`.
 */
export function registerBalancers(server: FastifyInstance, controller: Controller): void {
  const told = (path: string, verdict: (asked: Asked, request: FastifyRequest) => Verdict) =>
    server.get(path, { config: { needs: 'nobody' } }, (request, reply) =>
      answer(reply, () => verdict(read(Asked, request.query), request)),
    );
  told('/health/live', () => ({ is: true, because: 'it answers' }));
  told('/health/ready', () => ready(controller));
  told('/health/leader', () => leads(controller));
  told('/primary', (asked, request) => isPrimary(meant(asked, request, controller), controller));
  told('/replica', (asked, request) => isReplica(meant(asked, request, controller), asked));
}

function answer(reply: FastifyReply, verdict: () => Verdict): FastifyReply {
  const { is, because } = attempted(verdict);
  return reply.code(is ? 200 : 503).send({ ok: is, because });
}

/** A server that nobody knows is no primary and no replica; a balancer must be told so, and not that it asked badly. */
function attempted(verdict: () => Verdict): Verdict {
  try {
    return verdict();
  } catch (error) {
    if (error instanceof BatonError) return { is: false, because: messageOf(error) };
    throw error;
  }
}

function ready({ view }: Controller): Verdict {
  const { instances } = view.inventory;
  const answering = instances.filter(isCheckValid).length;
  return {
    is: answering > 0,
    because: `${answering} of ${instances.length} instances answer`,
  };
}

function leads(controller: Controller): Verdict {
  const leader = controller.leader();
  if (leader === null) return { is: false, because: 'no controller leads now' };
  return { is: leader.isOurs, because: `${leader.name} leads` };
}

/** By the query, or by what HAProxy’s `http-check send-state` says: `…; address=10.0.0.1; port=3306; …`. Throws `instance-unknown`, `usage`. */
function meant({ instance }: Asked, { headers }: FastifyRequest, controller: Controller): Instance {
  const state = String(headers['x-haproxy-server-state'] ?? '');
  const [, address = ''] = /\baddress=([^;\s]+)/.exec(state) ?? [];
  const [, port = ''] = /\bport=(\d+)/.exec(state) ?? [];
  const wanted = instance ?? (address === '' ? '' : `${address}:${port}`);
  if (wanted === '')
    throw new BatonError('usage', 'say which server is meant: ?instance=host:port, or http-check send-state');
  const found = controller.view.inventory.find(controller.instanceMeant(wanted));
  if (found === null) throw new BatonError('instance-unknown', `${wanted} is not watched`);
  return found;
}

/** The one of its cluster that takes writes and answers; a replaced one is none, whatever it says itself. */
function isPrimary(instance: Instance, { view }: Controller): Verdict {
  const { key, server } = instance;
  const cluster = view.inventory.clusterOf(key);
  if (!isCheckValid(instance) || server === null) return { is: false, because: `${key} does not answer` };
  if (cluster?.name !== key)
    return { is: false, because: `${cluster?.name ?? 'nobody'} is the primary of the cluster of ${key}` };
  if (instance.replaced !== null)
    return { is: false, because: `${key} was replaced by ${instance.replaced.by}` };
  if (server.readOnly) return { is: false, because: `${key} is read-only` };
  return { is: true, because: `${key} is the primary of ${cluster.alias}` };
}

function isReplica(instance: Instance, { lag: most }: Asked): Verdict {
  const { key, server } = instance;
  const replication = server?.replication ?? null;
  if (!isCheckValid(instance)) return { is: false, because: `${key} does not answer` };
  if (replication === null) return { is: false, because: `${key} replicates from nothing` };
  if (!isReplicating(server)) return { is: false, because: `${key} does not replicate` };
  const { lagSeconds, source } = replication;
  if (most !== undefined && (lagSeconds === null || lagSeconds > most))
    return { is: false, because: `${key} lags by ${lagSeconds ?? 'nobody knows how many'} seconds` };
  return { is: true, because: `${key} replicates from ${source}` };
}
