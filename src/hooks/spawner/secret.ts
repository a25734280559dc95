import { variableInHeader } from '../../config/hook.ts';
import type { HookBody } from '../../engine/record.ts';

/** What of a request stands in no journal and on no disk. */
export interface RequestSecrets {
  /** The key that signs it; null for none. */
  readonly secret: string | null;
  /** Its own headers, variables in their places. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads what a request needs from the controller's environment, at the moment of the run. Answers why it
 * cannot be sent where something is missing.
 */
export function secretsOf(
  body: HookBody,
  environment: NodeJS.ProcessEnv,
): RequestSecrets | { missing: string } {
  if (body.kind !== 'http') return { secret: null, headers: {} };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(body.headers)) {
    const unset = [...value.matchAll(variableInHeader)].find(([, variable = '']) => !environment[variable]);
    if (unset !== undefined)
      return { missing: `the variable ${unset[1]}, which its header ${name} names, is not set` };
    headers[name] = value.replace(variableInHeader, (_, variable: string) => environment[variable] ?? '');
  }
  if (body.secretVariable === null) return { secret: null, headers };
  const name = body.secretVariable;
  const secret = environment[name] ?? '';
  if (secret === '')
    return { missing: `the variable ${name}, which holds the key that signs its request, is not set` };
  if (secret.startsWith('whsec_') && !/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret))
    return { missing: `the variable ${name} begins with whsec_, and what follows is not base64` };
  return { secret, headers };
}
