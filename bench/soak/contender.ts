import { openSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Lease, Opening, Term } from '../../src/engine/ports.ts';
import type { Entry, JournalRecord } from '../../src/engine/record.ts';
import { Etcd } from '../../src/etcd/etcd.ts';
import { openEtcdJournal } from '../../src/journal/etcd.ts';
import { EtcdLeadership } from '../../src/leadership/etcd.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import type { ContenderWords } from './contention.ts';
import type { Noted } from './history.ts';

/**
 * A controller in small: the product's own leadership and journal, and runs whose steps change nothing. While it leads it goes on with the
 * run that was left, or begins another, and notes in a file what it does before it does it. Its argument is a JSON of ContenderWords.
 */
const words = JSON.parse(process.argv[2] ?? '') as ContenderWords;
const { endpoints, prefix, name, seconds, fault } = words;
const leaderKey = `${prefix}leader`;
const stepsOfRun = 8;
const file = openSync(words.history, 'a');
const note = (noted: Noted) => void writeSync(file, `${JSON.stringify(noted)}\n`);
const now = () => Number(process.hrtime.bigint());

const etcd = new Etcd({ endpoints, user: '', password: '', tls: null, timeoutMs: 1_000 });
/** Whoever leaves the guard out of its transactions writes though it was deposed. */
const unguarded = new Proxy(etcd, {
  get(target, key) {
    if (key !== 'transact') return Reflect.get(target, key).bind(target);
    return (transaction: Parameters<Etcd['transact']>[0]) =>
      target.transact({
        ...transaction,
        when: transaction.when?.filter((one) => one.key !== leaderKey) ?? [],
      });
  },
});
const silent = { tell() {}, warn() {} };
const leadership = new EtcdLeadership({
  etcd,
  key: leaderKey,
  seconds,
  self: { name, id: `${name}-${process.pid}` },
  clock: systemClock,
  teller: silent,
});
const journal = openEtcdJournal({
  etcd: fault === 'no guard' ? unguarded : etcd,
  prefix,
  token: () => leadership.token(),
});
let runs = 0;

for (;;) {
  const term = await leadership.lead(new AbortController().signal);
  await work(term).catch(() => {});
  // As a controller that stays deposed for a moment: the next term is asked for when this one is surely over.
  await pause(20);
}

async function work({ lease, over }: Term): Promise<void> {
  // One that never looks at the clock again trusts what it was once told.
  const trusting = fault === 'trusts the lease' || fault === 'no guard';
  const trusted: Lease = trusting ? { token: lease.token, remainingMs: () => 1_000 } : lease;
  const until = trusting ? Date.now() + 10_000 * seconds : Infinity;
  while (Date.now() < until && (trusting || !over.aborted)) {
    try {
      const [left] = await journal.unfinished();
      await carryOn(left ?? (await begun(trusted)), trusted);
    } catch (error) {
      if (!trusting) throw error;
      await pause(20);
    }
  }
}

async function begun(lease: Lease): Promise<Opening> {
  mayAct(lease);
  runs += 1;
  const [subject, uid] = ['cluster', `${now()}:${process.pid.toString(16)}${runs}`];
  const opening: Opening = {
    uid,
    workflow: 'contention',
    digest: 'd',
    subject,
    exclusive: true,
    input: {},
    at: Date.now(),
    token: lease.token,
  };
  const { opened } = await journal.open(opening);
  if (!opened) throw new Error('another run holds it');
  note({ kind: 'claimed', subject, uid, at: now() });
  return opening;
}

async function carryOn({ uid, subject }: Opening, lease: Lease): Promise<void> {
  const records = (await journal.read(uid))?.records ?? [];
  const isOver = (step: number) => records.some((one) => one.kind === 'fired' && one.id === `end ${step}`);
  for (let step = 1; step <= stepsOfRun; step += 1) {
    if (isOver(step)) continue;
    await append(uid, { kind: 'fired', id: `begin ${step}` }, lease);
    const at = mayAct(lease);
    note({ kind: 'did', by: name, token: lease.token, uid, step, at });
    await pause(5);
    await append(uid, { kind: 'fired', id: `end ${step}` }, lease);
    note({ kind: 'concluded', by: name, token: lease.token, uid, step, at: now() });
  }
  note({ kind: 'ending', subject, uid, at: now() });
  await append(uid, { kind: 'ended', state: 'over', sentence: 'It is over.', output: null }, lease);
}

async function append(uid: string, entry: Entry, lease: Lease): Promise<JournalRecord> {
  mayAct(lease);
  const record = await journal.append(uid, entry, Date.now(), lease.token);
  note({ kind: 'appended', uid, seq: record.seq, at: now() });
  return record;
}

/** When the lease was certainly good, for it still is. */
function mayAct(lease: Lease): number {
  const at = now();
  if (lease.remainingMs() <= 0) throw new Error('the lease has run out');
  note({ kind: 'led', by: name, token: lease.token, at });
  return at;
}
