/**
 * orchestrator’s older words of routes, which mean the same as today’s (orchestrator 3.2.6, section 5.4). The whole
 * table: everything else of the API knows today’s words only.
 */
export const synonyms: Readonly<Record<string, string>> = {
  'relocate-slaves': 'relocate-replicas',
  'regroup-slaves': 'regroup-replicas',
  'regroup-slaves-bls': 'regroup-replicas-bls',
  'regroup-slaves-gtid': 'regroup-replicas-gtid',
  'regroup-slaves-pgtid': 'regroup-replicas-pgtid',
  'move-up-slaves': 'move-up-replicas',
  'move-slaves-gtid': 'move-replicas-gtid',
  'match-slaves': 'match-replicas',
  'match-up-slaves': 'match-up-replicas',
  'repoint-slaves': 'repoint-replicas',
  'enslave-siblings': 'take-siblings',
  'enslave-master': 'take-master',
  'cluster-osc-slaves': 'cluster-osc-replicas',
  'start-slave': 'start-replica',
  'restart-slave': 'restart-replica',
  'restart-slave-statements': 'restart-replica-statements',
  'stop-slave': 'stop-replica',
  'stop-slave-nice': 'stop-replica-nice',
  'reset-slave': 'reset-replica',
  'detach-slave': 'detach-replica',
  'reattach-slave': 'reattach-replica',
  'detach-slave-master-host': 'detach-replica-master-host',
  'reattach-slave-master-host': 'reattach-replica-master-host',
};

const olderOf = new Map(Object.entries(synonyms).map(([older, today]) => [today, older]));

/** The same route under its older word; null where it has none. */
export function olderPath(path: string): string | null {
  const [word = ''] = path.split('/');
  const older = olderOf.get(word);
  return older === undefined ? null : `${older}${path.slice(word.length)}`;
}
