import { spoken } from '../kernel/duration.ts';
import type { Facts } from './facts.ts';

/** The numbers behind a finding in one sentence: what was heard of the instance, then of its replicas. */
export function evidenceOf(facts: Facts): string {
  return [ownWords(facts), replicaWords(facts), semiSyncWords(facts)]
    .filter((part) => part !== '')
    .join('; ');
}

function ownWords(facts: Facts): string {
  const { reachable, answersInPart, echo, failsToConnect, silentMs, unreadMs } = facts;
  if (!reachable && answersInPart) return `answers in part only, and was last read ${spoken(unreadMs)} ago`;
  if (!reachable && echo === 'answered') return `answers, but was last read ${spoken(unreadMs)} ago`;
  if (!reachable) return `last answered ${spoken(silentMs)} ago`;
  return failsToConnect ? 'answers, and cannot connect to its source' : 'answers';
}

function replicaWords(facts: Facts): string {
  if (facts.replicas === 0) return 'no replicas';
  const also = [
    [facts.replicasFailingToConnect, 'failing to connect to it'],
    [facts.laggingReplicas, 'lagging'],
    [facts.delayedReplicas, 'delayed on purpose'],
    [facts.downtimedReplicas, 'in downtime'],
  ] as const;
  return [
    `${facts.validReplicas} of ${facts.replicas} replicas reachable`,
    `${facts.replicatingReplicas} replicating`,
    ...also.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  ].join(', ');
}

function semiSyncWords({ semiSync }: Facts): string {
  if (!semiSync.enabled || semiSync.wanted === 0) return '';
  const kind = semiSync.inForce ? 'commits wait for' : 'commits should wait for';
  return `${kind} ${semiSync.wanted} semi-sync replicas, ${semiSync.clients} connected`;
}
