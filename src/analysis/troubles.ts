import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Facts } from './facts.ts';
import type { Trouble } from './finding.ts';

/** One trouble that orchestrator's table knows nothing of. */
export interface TroubleRow {
  readonly code: string;
  /** The sentence; where it names a command, that of the instance. */
  readonly because: string | ((instance: InstanceKey) => string);
  readonly when: (facts: Facts) => boolean;
}

/** All that apply are said, in this order and whatever else was found; none of them makes Baton act. */
export const troubleTable = [
  {
    code: 'ReplacedAndWritable',
    because:
      'it was replaced as the primary and takes writes: Baton makes it read-only unless a person has set it apart',
    when: ({ reachable, isReplaced, isPrimary, readOnly }) =>
      reachable && isReplaced && isPrimary && !readOnly,
  },
  {
    code: 'ReplacedAndWaiting',
    because: (instance: InstanceKey) =>
      `it was replaced as the primary, is back, read-only, and follows nobody: "baton rejoin ${instance} --dry-run" says whether it may follow its successor, and without --dry-run lets it`,
    when: ({ reachable, hasSuccessor, isPrimary, readOnly }) =>
      reachable && hasSuccessor && isPrimary && readOnly,
  },
  {
    code: 'WritableReplica',
    because:
      'it replicates and takes writes beside the primary: what is written there is nowhere else. Make it read-only (baton set-read-only), or find out who wants it so',
    when: ({ reachable, isReplaced, isPrimary, isCoPrimary, isGroupMember, isBinlogServer, readOnly }) =>
      reachable &&
      !isReplaced &&
      !isPrimary &&
      !isCoPrimary &&
      !isGroupMember &&
      !isBinlogServer &&
      !readOnly,
  },
  {
    code: 'Stalled',
    because:
      'it answers, yet a reading of it does not end: its disk may be full, or something holds its binary log. Nothing is promoted in its place; look at its disk and at its process list',
    when: ({ reachable, hindrance }) => !reachable && hindrance === 'unfinished',
  },
  {
    code: 'TooManyConnections',
    because: 'it has no connection left for Baton: raise max_connections, or find out who takes them all',
    when: ({ reachable, hindrance }) => !reachable && hindrance === 'full',
  },
  {
    code: 'AccessDenied',
    because:
      'it denies Baton’s account: check MySQLTopologyUser, its password and its grants; baton readiness has what it says',
    when: ({ reachable, hindrance }) => !reachable && hindrance === 'denied',
  },
  {
    code: 'Unreadable',
    because: 'what it answers cannot be understood',
    when: ({ reachable, hindrance }) => !reachable && hindrance === 'unreadable',
  },
] as const satisfies readonly TroubleRow[];

export function troublesIn(facts: Facts, instance: InstanceKey): Trouble[] {
  return [
    ...troubleTable
      .filter(({ when }) => when(facts))
      .map(({ code, because }: TroubleRow) => ({
        code,
        because: typeof because === 'string' ? because : because(instance),
      })),
    ...facts.lacks.map((because) => ({ code: 'LacksGrant', because })),
  ];
}
