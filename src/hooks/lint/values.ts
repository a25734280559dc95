import type { HookFacts } from '../../engine/ports.ts';
import { instanceKey } from '../../kernel/instance-key.ts';
import type { Value, Values } from '../quoting/substitute.ts';
import { textOf, words } from '../words.ts';

/** What a hook is told on an ordinary day: nothing in it means anything to a shell. */
export const ordinaryFacts: HookFacts = {
  failureType: 'DeadMaster',
  instanceType: 'master',
  isMaster: true,
  isCoMaster: false,
  failureDescription: 'Master cannot be reached by orchestrator and none of its replicas is replicating',
  command: 'graceful-master-takeover',
  failed: instanceKey('db1', 3306),
  failureCluster: 'db1:3306',
  failureClusterAlias: 'shop',
  failureClusterDomain: 'shop.example',
  countReplicas: 2,
  isDowntimed: false,
  autoMasterRecovery: true,
  autoIntermediateMasterRecovery: true,
  orchestratorHost: 'baton1',
  recoveryUid: `1600000000000000000:${'0'.repeat(64)}`,
  isSuccessful: true,
  successor: { instance: instanceKey('db2', 3306), alias: 'second', binlogCoordinates: 'binlog.000001:4' },
  lostReplicas: [],
  replicas: [instanceKey('db2', 3306), instanceKey('db3', 3306)],
  initiator: 'automatic',
  reason: 'no replica is connected',
};

/** What means most to shells, and to whoever else reads it as a program. */
const worst = `'"$(x)\``;

export const ordinaryValues: Values = valuesOf(ordinaryFacts);

/** Whatever comes from outside is at its worst; the rest is as on an ordinary day. */
export const worstValues: Values = new Map(
  [...ordinaryValues].map(([name, value]) => [
    name,
    value.from === 'field' ? { ...value, text: worst } : value,
  ]),
);

/** Placeholders that have no value before there is a successor. */
export const successorNames: ReadonlySet<string> = new Set(
  words.flatMap(({ placeholders, value }) =>
    value({ ...ordinaryFacts, successor: null }) === null ? placeholders : [],
  ),
);

function valuesOf(facts: HookFacts): Values {
  return new Map(
    words.flatMap(({ placeholders, variable, from, value }) =>
      placeholders.map((name): [string, Value] => [
        name,
        { text: textOf(value(facts) ?? ''), variable, from },
      ]),
    ),
  );
}
