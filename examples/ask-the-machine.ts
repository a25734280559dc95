/**
 * The recovery machine without any server: answer its questions by hand and see what it wants next.
 * Run it with `npm run example:ask-the-machine`.
 */
import { absorbEntry, begin, type Entry, sentenceOf, stateOf } from 'baton/engine';
import { recovery } from 'baton/workflows';

const finding = {
  code: 'DeadMaster',
  description: 'gone',
  treatment: 'dead-primary',
  instance: 'db1:3306',
  clusterName: 'db1:3306',
  instanceType: 'master',
  isPrimary: true,
  isCoPrimary: false,
  replicas: ['db2:3306', 'db3:3306'],
  validReplicas: 2,
  replicatingReplicas: 0,
  connectedReplicas: 0,
  tryingReplicas: 2,
  echo: 'refused',
  words: 'db1:3306 refuses connections',
  warnings: [],
  isDowntimed: false,
  skippedForDowntime: false,
  evidence: '2 of 2 replicas agree',
};
const answers: Record<string, unknown> = {
  confirm: { holds: true, because: 'both replicas agree', finding: null },
  preFailoverHooks: { ran: 0 },
  fence: { level: 'attempted', because: 'it does not answer' },
  gather: { gathered: ['db2:3306', 'db3:3306'], missing: [] },
  rescue: { because: 'no way to rescue anything is configured', applies: false },
  elect: { successor: 'db2:3306', because: 'it has received more', comparisons: [] },
  catchUp: { applied: true, because: 'nothing was waiting' },
  promote: { coordinates: 'bin.000002:4' },
  repoint: { following: ['db3:3306'], lost: [], unpublished: null },
  judge: {
    says: 'unknown',
    because: 'what is lost is not known: no commit waited for a replica',
    missing: '',
    count: null,
  },
  postPrimaryHooks: { ran: 0 },
  postFailoverHooks: { ran: 0 },
};

let folding = begin(recovery, {
  finding,
  cluster: { id: 'c1', name: 'db1:3306', alias: 'shop', domain: '' },
});
let seq = 0;
const hear = (entry: Entry) => {
  seq += 1;
  folding = absorbEntry(folding, { ...entry, seq });
};
while (folding.snapshot.status === 'active') {
  const [want] = folding.wants.values();
  if (want === undefined) break;
  console.log(`${stateOf(folding).padEnd(29)} ${sentenceOf(folding)}`);
  hear({
    kind: 'asked',
    step: want.step,
    state: stateOf(folding),
    sentence: sentenceOf(folding),
    input: null,
  });
  hear({ kind: 'answered', step: want.step, to: seq, answer: { kind: 'ok', value: answers[want.step] } });
}
console.log(`${stateOf(folding).padEnd(29)} ${sentenceOf(folding)}`);
