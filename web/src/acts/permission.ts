import type { Leader, Session } from '../api/types.ts';
import { type Act, needOf } from './act.ts';

/** The least first; each may do what those before it may. */
const roles = [
  'view',
  'acknowledge',
  'approve',
  'recover',
  'admin',
] as const satisfies readonly Session['role'][];

/** Why whoever is signed in may not do it here, in a sentence; null where they may. The controller decides; this says it before. */
export function forbidden(
  act: Act,
  { session, leader, isHeard }: { session: Session | null; leader: Leader | null; isHeard: boolean },
): string | null {
  if (!isHeard) return 'The controller is not heard now.';
  if (session === null) return 'Nobody has signed in.';
  if (session.isReadOnly) return 'This controller takes no changes over the network (ReadOnly).';
  const need = needOf(act);
  if (roles.indexOf(session.role) < roles.indexOf(need))
    return `This needs the role ${need}; ${session.name ?? 'whoever is not signed in'} has ${session.role}.`;
  if (leader !== null && !leader.isOurs)
    return leader.name === null
      ? 'No controller leads now, so nothing can be changed.'
      : `${leader.name} leads; ask it. This controller follows and changes nothing.`;
  return null;
}
