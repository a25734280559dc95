/** What a route answers: in orchestrator's envelope, as bare JSON, or as JSON with a status of its own. */
export type Answer =
  | { readonly kind: 'envelope'; readonly body: Envelope }
  | { readonly kind: 'bare'; readonly status: number; readonly body: unknown };

/** orchestrator 3.2.6, section 5.1. `ERROR` is sent with the status 500, `OK` with 200. */
export interface Envelope {
  readonly Code: 'OK' | 'ERROR';
  readonly Message: string;
  readonly Details: unknown;
}

export function ok(message: string, details: unknown = null): Answer {
  return { kind: 'envelope', body: { Code: 'OK', Message: message, Details: details } };
}

export function refused(message: string, details: unknown = null): Answer {
  return { kind: 'envelope', body: errorOf(message, details) };
}

export function errorOf(message: string, details: unknown = null): Envelope {
  return { Code: 'ERROR', Message: message, Details: details };
}

export function bare(body: unknown, status = 200): Answer {
  return { kind: 'bare', status, body };
}
