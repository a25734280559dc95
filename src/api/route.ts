import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { changes, type Need } from './door/caller.ts';
import { answeredOnce } from './once.ts';
import { read } from './read.ts';
import { Serialised } from './serialised.ts';

/** A question of the native API: what it takes and what it answers, which is also how it is documented. */
export interface Question<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
> {
  readonly method: 'GET' | 'POST';
  /** Behind /baton/v1; parameters as `:name`. */
  readonly path: string;
  readonly needs: Need;
  /** One sentence. */
  readonly says: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  /** What is serialised already is sent as it is: an answer that was made for several who ask. */
  readonly handle: (asked: {
    readonly params: z.output<P>;
    readonly query: z.output<Q>;
    readonly body: z.output<B>;
    readonly request: FastifyRequest;
  }) => z.input<A> | Serialised | Promise<z.input<A> | Serialised>;
}

/** A question without its handler. */
export type Documented = Pick<
  Question<z.ZodType, z.ZodType, z.ZodType, z.ZodType>,
  'method' | 'path' | 'needs' | 'says' | 'params' | 'query' | 'body' | 'answer'
> & {
  /** Answers with server-sent events without end, each of whose data is an `answer`. */
  readonly isStream?: true;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the native API says of a route. */
    documented?: Documented;
  }
}

/** Registers a question. What does not fit its schemas is `usage`; one that changes something may be asked with an Idempotency-Key. */
export function route<
  A extends z.ZodType,
  P extends z.ZodType = z.ZodUnknown,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodUnknown,
>(server: FastifyInstance, question: Question<P, Q, B, A>): void {
  const { method, path, needs, says, params, query, body, answer, handle } = question;
  const documented: Documented = {
    method,
    path,
    needs,
    says,
    answer,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
  };
  const ask = async (request: FastifyRequest) =>
    handle({
      // What has no schema is not looked at.
      params: (params === undefined ? {} : read(params, request.params)) as z.output<P>,
      query: (query === undefined ? {} : read(query, request.query)) as z.output<Q>,
      body: (body === undefined ? {} : read(body, signed(request, needs))) as z.output<B>,
      request,
    });
  const isDoneOnce = method === 'POST' && changes(needs);
  server.route({
    method,
    url: `/baton/v1${path}`,
    config: { needs, documented },
    handler: async (request, reply) => {
      const answered = await (isDoneOnce ? answeredOnce(request, ask) : ask(request));
      const body = answered instanceof Serialised ? answered.bytes : JSON.stringify(answered);
      return reply.type('application/json; charset=utf-8').send(body);
    },
  });
}

/** Who is known by the door is not somebody else by saying so. */
function signed({ body, caller }: FastifyRequest, needs: Need): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body ?? {};
  if (!changes(needs) || caller.name === null || caller.speaksForOthers) return body;
  return { ...body, by: caller.name };
}

/** A list as reports have it. */
export function listOf<T extends z.ZodType>(schema: T) {
  return z.array(schema).readonly();
}

export const Named = z.object({ name: z.string().min(1).max(1_000) });
