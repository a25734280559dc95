import { writeSync } from 'node:fs';
import type { Journal } from '../../src/engine/ports.ts';
import { Etcd } from '../../src/etcd/etcd.ts';
import { openEtcdJournal } from '../../src/journal/etcd.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import type { AppenderWords } from './journal-kills.ts';

/**
 * Says how many records the run before has, then appends to a run of its own, several at a time, and says the seq of each
 * that the journal says it has, until it is killed. Its argument is a JSON of AppenderWords.
 */
const { place, round } = JSON.parse(process.argv[2] ?? '') as AppenderWords;
const { journal, token } = await opened();
const before = await journal.read(`${round - 1}:aa`);
writeSync(1, `before ${before?.records.length ?? 0}\n`);
const uid = `${round}:aa`;
const at = Date.now();
await journal.open({
  uid,
  workflow: 'recovery',
  subject: 'shop',
  digest: 'd1',
  exclusive: false,
  input: null,
  at,
  token,
});
const appendOn = async (): Promise<never> => {
  for (;;) {
    const { seq } = await journal.append(uid, { kind: 'fired', id: 'patience' }, Date.now(), token);
    writeSync(1, `kept ${seq}\n`);
  }
};
await Promise.all([appendOn(), appendOn(), appendOn()]);

async function opened(): Promise<{ journal: Journal; token: number }> {
  if ('file' in place) return { journal: await openSqliteJournal(place), token: 1 };
  const { endpoints, prefix } = place;
  // Longer than a member takes to come back.
  const etcd = new Etcd({ endpoints, user: '', password: '', tls: null, timeoutMs: 30_000 });
  const leader = `${prefix}leader`;
  await etcd.transact({ change: [{ remove: leader }] });
  // Asked again where no answer came, it may be put twice; when it came to be is the token.
  await etcd.transact({ change: [{ put: leader, value: `round ${round}` }] });
  const token = (await etcd.read({ key: leader })).pairs[0]?.created ?? 0;
  return { journal: openEtcdJournal({ etcd, prefix, token: () => token }), token };
}
