import type { Facts, SemiSyncFacts } from '../../src/analysis/facts.ts';

const truth = [false, true];
const upTo = (last: number) => Array.from({ length: last + 1 }, (_, index) => index);

/** Parts an instance can have in a cluster. A co-primary has a source, and so is no primary. */
const parts: readonly Pick<Facts, 'isPrimary' | 'isCoPrimary' | 'isGroupMember' | 'depth'>[] = [
  { isPrimary: true, isCoPrimary: false, isGroupMember: false, depth: 0 },
  { isPrimary: false, isCoPrimary: true, isGroupMember: false, depth: 0 },
  { isPrimary: false, isCoPrimary: false, isGroupMember: false, depth: 1 },
  { isPrimary: false, isCoPrimary: false, isGroupMember: false, depth: 2 },
  { isPrimary: true, isCoPrimary: false, isGroupMember: true, depth: 0 },
  { isPrimary: false, isCoPrimary: false, isGroupMember: true, depth: 0 },
];

const noSemiSync: SemiSyncFacts = {
  enabled: false,
  inForce: false,
  wanted: 2,
  clients: 0,
  standsStill: true,
  mustBeExact: true,
};
const semiSyncs: readonly SemiSyncFacts[] = [
  noSemiSync,
  { ...noSemiSync, enabled: true, inForce: true, wanted: 0 },
  ...truth.flatMap((inForce) =>
    truth.flatMap((standsStill) =>
      truth.flatMap((mustBeExact) =>
        [1, 2, 3].map((clients) => ({
          enabled: true,
          inForce,
          wanted: 2,
          clients,
          standsStill,
          mustBeExact,
        })),
      ),
    ),
  ),
];

type Own = Pick<Facts, 'readOnly' | 'isBinlogServer' | 'failsToConnect' | 'semiSync'>;

const primaries: readonly Own[] = truth.flatMap((readOnly) =>
  semiSyncs.map((semiSync) => ({ readOnly, semiSync, isBinlogServer: false, failsToConnect: false })),
);
const others: readonly Own[] = truth.flatMap((isBinlogServer) =>
  truth.flatMap((failsToConnect) =>
    [noSemiSync, ...semiSyncs.slice(-3)].map((semiSync) => ({
      isBinlogServer,
      failsToConnect,
      semiSync,
      readOnly: true,
    })),
  ),
);

/** Every way in which up to three replicas can fare. Lag and delay: none or all. */
function* replicaCounts() {
  for (const replicas of upTo(3)) {
    const extremes = [...new Set([0, replicas])];
    for (const validReplicas of upTo(replicas))
      for (const replicatingReplicas of upTo(validReplicas))
        for (const replicasFailingToConnect of upTo(validReplicas - replicatingReplicas))
          for (const laggingReplicas of extremes)
            for (const delayedReplicas of extremes)
              yield {
                replicas,
                validReplicas,
                replicatingReplicas,
                connectedReplicas: replicatingReplicas,
                tryingReplicas: replicasFailingToConnect,
                replicasFailingToConnect,
                laggingReplicas,
                delayedReplicas,
              };
  }
}

/** Every combination of facts that the table tells apart and that can be. */
export function* everyFacts(): Generator<Facts> {
  for (const counts of replicaCounts())
    for (const part of parts)
      for (const reachable of truth)
        for (const answersInPart of truth)
          for (const own of part.isPrimary ? primaries : others)
            yield {
              ...counts,
              ...part,
              ...own,
              reachable,
              answersInPart,
              echo: reachable || answersInPart ? 'answered' : 'refused',
              hasSuccessor: false,
              words: null,
              hindrance: null,
              lacks: [],
              isDowntimed: false,
              isReplaced: false,
              silentMs: 0,
              unreadMs: 0,
              downtimedReplicas: 0,
              recoversNonWriteable: own.semiSync.mustBeExact,
            };
}
