import { tokenRoles } from '../../config/keys/api-tokens.ts';

/** What somebody may do, the least first; each role may do all that those before it may. */
export type Role = (typeof tokenRoles)[number];

/**
 * What a route wants of whoever asks: a role, or nothing (`nobody`: health for balancers). Every route states it in its
 * options, `config: { needs: 'view' }`, and what needs more than `view` changes something and is audited.
 */
export type Need = 'nobody' | Role;

/** Who asks. */
export interface Caller {
  /** As they signed in; null where nobody was asked who they are. */
  readonly name: string | null;
  /** Null for somebody who may see nothing. */
  readonly role: Role | null;
  /** Whether the words "by" of a change are taken as they are said, as on the socket of the command line. */
  readonly speaksForOthers: boolean;
}

/** Somebody of whom nothing is known yet. */
export const nobody: Caller = { name: null, role: null, speaksForOthers: true };

declare module 'fastify' {
  interface FastifyContextConfig {
    needs: Need;
  }
  interface FastifyRequest {
    /** Who asks, known before any handler runs. */
    caller: Caller;
  }
}

export function suffices({ role }: Caller, need: Need): boolean {
  if (need === 'nobody') return true;
  return role !== null && tokenRoles.indexOf(role) >= tokenRoles.indexOf(need);
}

export function changes(need: Need): boolean {
  return need !== 'nobody' && need !== 'view';
}
