import { apiUrl } from '../router/base.ts';

/** Gives the browser a token to present from now on. Whether it is a good one is learned by asking. */
export async function beginSession(token: string): Promise<void> {
  await fetch(apiUrl('/session/begin'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
}

export async function endSession(): Promise<void> {
  await fetch(apiUrl('/session/end'), { method: 'POST' });
}
