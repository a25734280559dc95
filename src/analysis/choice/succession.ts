import { type Instance, isCheckValid, isDowntimed } from '../../topology/snapshot.ts';
import type { Candidate } from './candidates.ts';
import { type Choice, chooseSuccessor } from './choose-successor.ts';
import type { PromotionRules } from './promotion-rules.ts';

/** What would be chosen were the primary to die now, by what is known of its replicas at this moment. */
export type Succession = ReturnType<typeof chooseSuccessor>;

/**
 * The same choice as a recovery makes, of the primary's replicas as they were last read. A recovery asks them
 * again once they have stopped receiving, so what each has received by then decides.
 */
export function successionOf(
  primary: Instance,
  members: readonly Instance[],
  { now, rules }: { now: number; rules: PromotionRules },
): Succession {
  const candidates = replicasIn(members, primary, now)
    .filter(isCheckValid)
    .flatMap((instance): Candidate[] => {
      const { server } = instance;
      return server === null ? [] : [{ instance, server }];
    });
  return chooseSuccessor(candidates, { failed: primary, rules });
}

export function hasSuccessor(succession: Succession): succession is Choice {
  return succession.successor !== null;
}

/** The replicas of an instance that are not in downtime at `now`, milliseconds since 1970. */
export function replicasIn(members: readonly Instance[], source: Instance, now: number): readonly Instance[] {
  return members.filter((one) => one.server?.replication?.source === source.key && !isDowntimed(one, now));
}
