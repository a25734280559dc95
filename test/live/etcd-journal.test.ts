import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Etcd } from '../../src/etcd/etcd.ts';
import { openEtcdJournal } from '../../src/journal/etcd.ts';
import { fillEtcd } from '../../src/journal/etcd-filling.ts';
import { filledFrom } from '../../src/journal/filled.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { linesOf, partsIn } from '../../src/journal/portable.ts';
import { anOpening, ended, fired, promisesOfAJournal, verified } from '../journal/contract.ts';
import { AnEtcd } from './an-etcd.ts';

let server: AnEtcd;
let etcd: Etcd;
beforeAll(async () => {
  server = await AnEtcd.start(1);
  etcd = server.client();
});
afterAll(async () => {
  etcd.close();
  await server.stop();
});

let count = 0;

/** A journal below a prefix of its own, whose leader we are. */
async function aJournalBelow(prefix: string) {
  const token = await lead(prefix);
  return { journal: openEtcdJournal({ etcd, prefix, token: () => token }), token, prefix };
}

function aJournal() {
  return aJournalBelow(`/baton-${++count}/`);
}

/** Another leadership begins. */
async function lead(prefix: string): Promise<number> {
  const leader = `${prefix}leader`;
  const { revision } = await etcd.transact({ change: [{ remove: leader }] });
  return (await etcd.transact({ change: [{ put: leader, value: `since ${revision}` }] })).revision;
}

describe('in etcd', () => {
  promisesOfAJournal(() => aJournal());
});

describe('a leader that was deposed', () => {
  it('can write nothing any more, and changes nothing by trying', async () => {
    const { journal, token, prefix } = await aJournal();
    await journal.open(anOpening({ token }));
    await journal.append('1:aa', fired, 1, token);
    await journal.open(anOpening({ uid: '2:bb', subject: 'billing', token }));
    await journal.append('2:bb', ended, 2, token);
    const before = await etcd.read({ prefix: `${prefix}r` });
    await lead(prefix);
    for (const write of [
      () => journal.open(anOpening({ uid: '3:cc', subject: 'other', token })),
      () => journal.append('1:aa', fired, 2, token),
      () => journal.append('1:aa', ended, 2, token),
      () => journal.acknowledge('2:bb', 'anna', 'seen', 3),
      () => journal.keep('flags', 'disabled', true),
      () => journal.drop('flags', 'disabled'),
    ])
      await expect(write()).rejects.toMatchObject({ code: 'lease-lost' });
    expect((await etcd.read({ prefix: `${prefix}r` })).pairs).toEqual(before.pairs);
    expect((await journal.read('1:aa'))?.records).toHaveLength(1);
  });

  it('is told so even where nobody leads', async () => {
    const { journal, token, prefix } = await aJournal();
    await etcd.transact({ change: [{ remove: `${prefix}leader` }] });
    await expect(journal.open(anOpening({ token }))).rejects.toThrow(
      'nobody leads now, so nothing was written',
    );
  });
});

describe('a journal that another controller goes on with', () => {
  it('is continued where the first left it, record by record', async () => {
    const first = await aJournal();
    await first.journal.open(anOpening({ token: first.token }));
    for (const at of [1, 2, 3]) await first.journal.append('1:aa', fired, at, first.token);
    const second = await aJournalBelow(first.prefix);
    expect((await second.journal.append('1:aa', fired, 4, second.token)).seq).toBe(4);
    await second.journal.append('1:aa', ended, 5, second.token);
    expect(await first.journal.unfinished()).toEqual([]);
    expect((await first.journal.read('1:aa'))?.records.map(({ token }) => token)).toEqual([
      first.token,
      first.token,
      first.token,
      second.token,
      second.token,
    ]);
  });

  it('does not take two runs for one, however many have been before', async () => {
    const { journal, token, prefix } = await aJournal();
    for (let number = 0; number < 90; number += 1)
      await journal.open(anOpening({ uid: `${number}:a`, exclusive: false, token }));
    const other = await aJournalBelow(prefix);
    await other.journal.open(anOpening({ uid: 'last:a', exclusive: false, token: other.token }));
    const listed = await other.journal.list({ limit: 91 });
    expect(listed.map(({ opening }) => opening.uid)).toEqual([
      'last:a',
      ...Array.from({ length: 90 }, (_, index) => `${89 - index}:a`),
    ]);
  });
});

describe('an etcd that is filled with the journal of a controller that was alone', () => {
  async function aJournal() {
    const journal = memoryJournal();
    for (const uid of ['1:aa', '2:bb', '3:cc']) {
      await journal.open(anOpening({ uid }));
      // More than goes into one transaction.
      for (let at = 1; at <= 120; at += 1)
        await journal.append(
          uid,
          { kind: 'said', event: 'cancel', who: 'anna', why: 'x'.repeat(9_000) },
          at,
          1,
        );
      if (uid !== '3:cc') await journal.append(uid, ended, 2_000, 1);
    }
    await journal.acknowledge('2:bb', 'anna', 'seen', 3_000);
    await journal.leaveOut(['1:aa'], 4_000, 1);
    await journal.keep('flags', 'disabled', { who: 'anna' });
    return journal;
  }
  const fill = (journal: ReturnType<typeof memoryJournal>, prefix: string) =>
    filledFrom(() => partsIn(linesOf(journal, { now: 1, since: null })), fillEtcd({ etcd, prefix }));

  it('has all of it, seals, claims, numbers and all, and goes on from there', async () => {
    const before = await aJournal();
    const prefix = `/baton-${++count}/`;
    await fill(before, prefix);
    const { journal, token } = await aJournalBelow(prefix);
    expect(await journal.stored(0, 9)).toEqual(await before.stored(0, 9));
    expect(await journal.list({ limit: 9 })).toEqual(await before.list({ limit: 9 }));
    expect(await journal.kept('flags')).toEqual(await before.kept('flags'));
    expect(await journal.open(anOpening({ uid: '4:dd', token }))).toEqual({ opened: false, by: '3:cc' });
    expect((await journal.append('3:cc', ended, 5_000, token)).seq).toBe(121);
    await journal.open(anOpening({ uid: '4:dd', token }));
    await journal.leaveOut(['2:bb'], 6_000, token);
    expect(await verified(journal)).toMatchObject({ runs: 2, leftOut: 2, faults: [] });
  });

  it('takes nothing where something is, or where a controller leads', async () => {
    const prefix = `/baton-${++count}/`;
    await lead(prefix);
    await expect(fill(await aJournal(), prefix)).rejects.toThrow('is not empty');
    const other = `/baton-${++count}/`;
    const filling = fillEtcd({ etcd, prefix: other });
    await lead(other);
    await expect(
      filling.put([{ kind: 'fact', fact: { room: 'flags', name: 'disabled', value: true } }]),
    ).rejects.toThrow(`a controller leads below ${other}`);
  });
});
