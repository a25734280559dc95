import type { Finding, Treatment } from '../finding.ts';

/** What one look says of whether an instance lives. */
export interface LifeSign {
  readonly isAlive: boolean;
  readonly because: string;
}

/** What says that the instance lives, whatever the table calls it; null where nothing does. */
export function lifeSignOf(finding: Finding): string | null {
  return [answers(finding), connected(finding)].find(({ isAlive }) => isAlive)?.because ?? null;
}

const unheard: Record<Exclude<Finding['echo'], 'answered'>, (instance: string) => string> = {
  refused: (instance) => `${instance} refuses connections`,
  reset: (instance) => `${instance} ends every connection without a word`,
  silent: (instance) => `nothing comes back from ${instance}`,
};

/**
 * When a primary has no connection left to give, no replica can come back to it and the table takes it for dead,
 * while it takes every write of those who hold one (seen on MariaDB 10.11 and MySQL 9.7, docs/decisions/0006).
 */
export function answers({
  echo,
  words,
  instance,
  treatment = 'dead-primary',
}: Pick<Finding, 'echo' | 'words' | 'instance'> & Partial<Pick<Finding, 'treatment'>>): LifeSign {
  if (echo !== 'answered') return { isAlive: false, because: unheard[echo](instance) };
  if (!isReplaced(treatment)) return { isAlive: false, because: `${instance} answers, and keeps its part` };
  const because =
    words === null
      ? `${instance} can be read, so it is not dead`
      : `${words}, and a server that answers anything is not dead`;
  return { isAlive: true, because };
}

/**
 * orchestrator promotes here: with stopped applying threads all round, its table takes a primary for dead that is
 * only out of the controller's reach.
 */
export function connected({ connectedReplicas, instance, treatment }: Finding): LifeSign {
  if (connectedReplicas === 0) return { isAlive: false, because: `no replica is connected to ${instance}` };
  const told = `${connectedReplicas} of its replicas are still connected to ${instance}`;
  return orphans(treatment)
    ? { isAlive: true, because: `${told}, so it is not dead` }
    : { isAlive: false, because: told };
}

/** Failures in which an instance is gone and its replicas have no source. */
export function orphans(treatment: Treatment): boolean {
  return treatment !== 'semi-sync' && treatment !== 'non-writeable-primary';
}

/** Where another takes over its writes, one that lives must not be left with them. */
function isReplaced(treatment: Treatment): boolean {
  return orphans(treatment) && treatment !== 'dead-intermediate' && treatment !== 'dead-group-member';
}
