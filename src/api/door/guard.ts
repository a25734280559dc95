import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { BatonError } from '../../kernel/errors.ts';
import { type Caller, changes, type Need, nobody, suffices } from './caller.ts';

/** Decides who comes in. Throws the error that says why somebody does not. */
export interface Door {
  /** Who asks. A refusal may set headers of the reply. */
  admit(request: FastifyRequest, reply: FastifyReply, need: Need): Promise<Caller>;
  /** Why nothing may be changed in this way, whoever asks; null where it may. */
  readonly closedToChanges: (request: FastifyRequest) => BatonError | null;
}

/** Stands before every route of a server and of all that is registered in it, so it is set up first. */
export function guard(server: FastifyInstance, door: Door): void {
  server.addHook('onRoute', stateNeed);
  server.decorateRequest('caller');
  server.addHook('onRequest', async (request, reply) => {
    const need = needOf(request);
    request.caller = nobody;
    request.caller = await door.admit(request, reply, need);
    if (!suffices(request.caller, need)) throw refusal(request.caller, need);
    if (!changes(need)) return;
    const closed = door.closedToChanges(request);
    if (closed !== null) throw closed;
    // Whoever only wants the headers changes nothing.
    if (request.method === 'HEAD') return reply.send();
  });
}

/** A path that leads nowhere needs nobody. */
export function needOf(request: FastifyRequest): Need {
  return request.is404 ? 'nobody' : request.routeOptions.config.needs;
}

/** A route that does not say what it needs would be open to everybody; so there is none. */
function stateNeed({ method, url, config }: RouteOptions): void {
  if (config?.needs === undefined)
    throw new Error(`the route ${String(method)} ${url} does not state what it needs (config.needs)`);
}

function refusal(caller: Caller, need: Need): BatonError {
  if (caller.name === null)
    return new BatonError('not-signed-in', `this needs the role ${need}, and nobody has signed in`);
  const has = caller.role === null ? 'no role' : `the role ${caller.role}`;
  return new BatonError('not-allowed', `this needs the role ${need}, and ${caller.name} has ${has}`);
}
