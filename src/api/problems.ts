import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { BatonError, type ErrorCode, messageOf } from '../kernel/errors.ts';

/** An answer that says what went wrong (RFC 9457), with the code, and the remedy, of the error table. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened to which thing. */
  readonly detail: string;
  readonly code: ErrorCode | 'unexpected';
  /** What the person can do. */
  readonly fix: string;
}

const howToAsk = 'GET /baton/v1/openapi.json says what each question takes, and what it answers.';

const statuses: Partial<Record<ErrorCode, number>> = {
  usage: 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'origin-refused': 403,
  'cluster-unknown': 404,
  'instance-unknown': 404,
  'run-unknown': 404,
  'nothing-asked': 409,
  'run-active': 409,
  'cluster-busy': 409,
  'not-leader': 409,
  'lease-lost': 409,
  'request-refused': 409,
  'cancel-refused': 409,
  'run-ended': 409,
  'rejoin-refused': 409,
  'server-unreachable': 502,
  'config-invalid': 422,
  'config-missing': 422,
  'config-not-json': 422,
  'too-many-attempts': 429,
  'too-many-changes': 429,
  'etcd-unreachable': 503,
  'too-many-streams': 503,
};

function problemOf(error: unknown): Problem {
  const known = error instanceof BatonError ? error : null;
  const code = known?.code ?? (isAskers(error) ? 'usage' : 'unexpected');
  const status = known === null ? statusOf(error) : (statuses[known.code] ?? 500);
  return {
    type: `urn:baton:error:${code}`,
    title: titles[status] ?? 'Error',
    status,
    detail: messageOf(error),
    code,
    // The table’s remedy for a question that is not understood is for the command line.
    fix: code === 'usage' ? howToAsk : (known?.fix ?? ''),
  };
}

export function sendProblem(error: FastifyError, _: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** A question that cannot be read is whoever asks's; the server says so itself. */
function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function isAskers(error: unknown): boolean {
  return statusOf(error) < 500;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Not understood',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Refused',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Unusable configuration',
  429: 'Too many attempts',
  500: 'Failed',
  503: 'Not reachable',
};

/** As OpenAPI says it. */
export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'fix'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened to which thing.' },
    code: { type: 'string', description: 'Of docs/reference/errors.md; or unexpected.' },
    fix: { type: 'string', description: 'What a person can do.' },
  },
};
