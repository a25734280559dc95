import { apiUrl } from '../router/base.ts';
import { Refusal } from './refusal.ts';
import type { Problem } from './types.ts';

/** Asks the native API; `path` is behind /baton/v1. Throws `Refusal` with the words of the controller. */
export function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return answered<T>(path, signal === undefined ? {} : { signal });
}

/** Has something done, or previewed. With a `key` it is done once, however often the same is sent. */
export function tell<T>(path: string, body: unknown, key?: string): Promise<T> {
  return answered<T>(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
}

async function answered<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(apiUrl(path), { ...init, credentials: 'same-origin' });
  // The API states its answers by schemas; the types of this page are made of the same.
  if (response.ok) return (await response.json()) as T;
  throw new Refusal(await problemIn(response));
}

async function problemIn(response: Response): Promise<Pick<Problem, 'status' | 'code' | 'detail' | 'fix'>> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (isProblem) return (await response.json()) as Problem;
  const { status } = response;
  return {
    status,
    code: 'unexpected',
    detail: `The answer was ${status} ${response.statusText}`,
    fix: 'Something between this page and the controller may have answered in its place.',
  };
}
