import type { HookBody } from '../../engine/record.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Cause } from './interruption.ts';
import { headersOfVariables } from './request-headers.ts';
import { webhookHeaders } from './signature.ts';
import { headOf } from './text.ts';
import type { Ended, Start, Started } from './started.ts';

/** The exit codes that an answer is worth: done, failed, and sysexits(3) EX_TEMPFAIL, try again later. */
const done = 0;
const failed = 1;
const tryAgain = 75;

type HttpBody = Extract<HookBody, { kind: 'http' }>;

/** Posts the document, signed. It is done here, beside the controller, so that it outlives the controller. */
export function startPost(start: Start, body: HttpBody): Started {
  return { ended: post(start, body), clear: () => {} };
}

async function post(start: Start, body: HttpBody): Promise<Ended> {
  const { interruption, settings } = start;
  const ending = new AbortController();
  const interrupted = interruption.cause.then((cause) => {
    ending.abort();
    return ended(cause);
  });
  let request: Request;
  try {
    request = requestOf(start, body, ending.signal);
  } catch (error) {
    return notStarted(`no request can be made of it: ${reasonOf(error)}`);
  }
  const answered = fetch(request).then(
    (response) => heard(response, settings.outputLimitBytes),
    (error: unknown) => unanswered(reasonOf(error)),
  );
  return Promise.race([answered, interrupted]);
}

function requestOf({ run, secrets }: Start, { url }: HttpBody, signal: AbortSignal): Request {
  const { username, password } = new URL(url);
  if (username !== '' || password !== '')
    throw new Error('its address has a name or a password in it; send them in a header, Authorization');
  const document = run.document ?? '{}';
  const id = run.variables['BATON_HOOK_ID'] ?? run.key;
  const message = { id, seconds: Math.floor(Date.now() / 1_000), body: document };
  return new Request(url, {
    method: 'POST',
    headers: {
      ...validated(secrets.headers),
      'content-type': 'application/json',
      ...headersOfVariables(run.variables),
      ...webhookHeaders(message, secrets.secret),
    },
    body: document,
    // Where the facts go is for the configuration to say, not for whoever answers.
    redirect: 'manual',
    signal,
  });
}

/** Fetch would quote a value that is no header's, and it may be a password. */
function validated(headers: HttpBody['headers']): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw new Error(`the header ${name} has a value that none can hold`);
  }
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function heard(response: Response, limitBytes: number): Promise<Ended> {
  const { status } = response;
  const title = `${status} ${response.statusText}`.trim();
  const output = `HTTP ${title}\n${await bounded(response, limitBytes)}`;
  const exited = { ended: 'exited', signal: null, output } as const;
  if (response.ok) return { ...exited, exitCode: done, because: null };
  const exitCode = status === 429 || status >= 500 ? tryAgain : failed;
  const redirects = status >= 300 && status < 400;
  const because = redirects ? `it answered ${title}; redirects are not followed` : `it answered ${title}`;
  return { ...exited, exitCode, because };
}

/** The beginning of the answer; what exceeds the limit is not read. An answer that breaks off is one too. */
async function bounded(response: Response, limitBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body ?? []) {
      pieces.push(piece);
      size += piece.length;
      if (size > limitBytes) break;
    }
  } catch (error) {
    return `${Buffer.concat(pieces).toString()}\n… the answer broke off: ${reasonOf(error)} …\n`;
  }
  const whole = Buffer.concat(pieces);
  if (size <= limitBytes) return whole.toString();
  return `${headOf(whole.subarray(0, limitBytes))}\n… the rest was not read …\n`;
}

function unanswered(reason: string): Ended {
  const because = `nobody answered: ${reason}`;
  return { ended: 'exited', exitCode: tryAgain, signal: null, output: '', because };
}

function notStarted(because: string): Ended {
  return { ended: 'not-started', exitCode: null, signal: null, output: '', because };
}

/** A request has no signal to be ended by; it is broken off. */
function ended({ ended: how, because }: Cause): Ended {
  return { ended: how, exitCode: null, signal: 'abort', output: '', because };
}

/** Fetch says only that it failed; why stands in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join('; ');
  return messageOf(cause ?? error);
}
