import { executed, holdings } from '../../analysis/choice/candidates.ts';
import { countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { compareKeys } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
import { type Instance, isCheckValid, promotionRules, replicasAmong } from '../../topology/snapshot.ts';
import { above, moves, siblings } from './moves.ts';
import { find, noSource, refused, type ReshapingPlan, type Shape, sourceOf } from './shape.ts';

/**
 * Its replicas are gathered below one of them, whether or not the instance itself still answers; those that do not answer
 * are left where they are (orchestrator’s regroup-replicas).
 */
export function regroup(shape: Shape, { key }: Instance): ReshapingPlan {
  const all = replicasAmong(shape.members, key);
  const readable = all.flatMap((replica) =>
    isCheckValid(replica) && replica.server !== null ? [{ replica, server: replica.server }] : [],
  );
  if (all.length < 2) return refused(`${key} has fewer than two replicas, so there is nothing to regroup`);
  const [best] = readable
    .filter(({ server }) => server.logBin && server.logReplicaUpdates)
    .toSorted(
      (a, b) =>
        moreFirst(a.server, b.server) ||
        ruleRank(a.replica) - ruleRank(b.replica) ||
        compareKeys(a.replica.key, b.replica.key),
    );
  if (best === undefined) return refused(`no replica of ${key} answers and logs what it replicates`);
  const moving = readable.flatMap(({ replica }) => (replica === best.replica ? [] : [replica]));
  return moves(shape, moving, best.replica.key);
}

/** For where a local source has failed, and one of its replicas is to do its work (orchestrator’s make-local-master). */
export function makeLocalPrimary(shape: Shape, known: Instance): ReshapingPlan {
  const source = find(shape, sourceOf(known));
  if (source === null) return noSource(known.key);
  const grand = above(shape, source.key);
  if (grand === null)
    return refused(`${source.key}, its source, is the primary: use baton takeover to replace it`);
  const up = moves(shape, [known], grand);
  const peers = siblings(shape, known);
  if (peers.length === 0) return up;
  const below = moves(shape, peers, known.key);
  return {
    refusals: [...up.refusals, ...below.refusals],
    actions: [...up.actions, ...below.actions],
  };
}

/** Who lacks less of what the other has, received or applied. */
function moreFirst(a: Server, b: Server): number {
  const lacks = (one: Server, other: Server) => countGtid(subtractGtid(holdings(other), holdings(one)));
  const [left, right] = [lacks(a, b), lacks(b, a)];
  if (left !== right) return left < right ? -1 : 1;
  const behind = (one: Server) => countGtid(subtractGtid(holdings(one), executed(one)));
  return behind(a) === behind(b) ? 0 : behind(a) < behind(b) ? -1 : 1;
}

function ruleRank({ promotionRule }: Instance): number {
  return promotionRules.indexOf(promotionRule);
}
