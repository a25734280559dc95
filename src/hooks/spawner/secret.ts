import type { HookBody } from '../../engine/record.ts';

/** The key that signs a request, or why there is none although there should be. */
export type Secret = { readonly secret: string | null } | { readonly missing: string };

/**
 * Reads the key of a request from the controller's environment, at the moment of the run, so that it is
 * in no journal and on no disk.
 */
export function secretOf(body: HookBody, environment: NodeJS.ProcessEnv): Secret {
  if (body.kind !== 'http' || body.secretVariable === null) return { secret: null };
  const name = body.secretVariable;
  const secret = environment[name] ?? '';
  if (secret === '')
    return { missing: `the variable ${name}, which holds the key that signs its request, is not set` };
  if (secret.startsWith('whsec_') && !/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret))
    return { missing: `the variable ${name} begins with whsec_, and what follows is not base64` };
  return { secret };
}
