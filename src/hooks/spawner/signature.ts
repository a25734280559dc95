import { createHmac } from 'node:crypto';

/** A message as it is signed: the id names it, `seconds` is the time of this sending since 1970. */
export interface Signed {
  readonly id: string;
  readonly seconds: number;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks 1.0 (standardwebhooks.com): who receives the request can check with
 * any of its libraries that it came from us, when, and whole. Without a secret nothing is signed.
 */
export function webhookHeaders(message: Signed, secret: string | null): Record<string, string> {
  const headers = { 'webhook-id': message.id, 'webhook-timestamp': String(message.seconds) };
  return secret === null ? headers : { ...headers, 'webhook-signature': signatureOf(message, secret) };
}

function signatureOf({ id, seconds, body }: Signed, secret: string): string {
  const hmac = createHmac('sha256', keyOf(secret));
  return `v1,${hmac.update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

/** A secret behind `whsec_` is base64; any other is its own bytes. */
function keyOf(secret: string): Buffer {
  const prefix = 'whsec_';
  return secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : Buffer.from(secret);
}
