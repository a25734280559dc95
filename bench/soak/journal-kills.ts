import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { partsOf, verify } from '../../src/journal/verify.ts';
import { Etcd } from '../../src/etcd/etcd.ts';
import { openEtcdJournal } from '../../src/journal/etcd.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { builtTwin } from '../../src/process/built.ts';
import { comesTrue } from './patience.ts';
import type { Members } from './strikes.ts';

/** Where a journal is. */
export type Place =
  | { readonly file: string }
  | { readonly endpoints: readonly string[]; readonly prefix: string };

export interface AppenderWords {
  readonly place: Place;
  /** From 1; the run of the round before is counted first. */
  readonly round: number;
}

export interface Killed {
  readonly writersKilled: number;
  /** Times that a member of etcd was killed (SIGKILL) and started again. */
  readonly membersKilled: number;
  /** Records that writers were told are kept. */
  readonly acknowledged: number;
  readonly wrong: readonly string[];
}

const program = fileURLToPath(builtTwin(new URL('./appender.ts', import.meta.url).href));
/** Journals that are written to at once. */
const lanes = 4;
const comesBackWithinMs = 20_000;

/** Writers of state files in a folder are killed in the midst of appending, one after the other, so many in all. */
export function killOverFiles(folder: string, kills: number): Promise<Killed> {
  return killOver((lane) => ({ file: `${folder}/${lane}.sqlite` }), kills);
}

/** The same over an etcd, of which one member after the other is killed and started again meanwhile. */
export async function killOverEtcd(members: Members & { client(): Etcd }, kills: number): Promise<Killed> {
  let isOver = false;
  let membersKilled = 0;
  const client = members.client();
  const killing = (async () => {
    for (; !isOver; membersKilled += 1) {
      await comesTrue(() => client.read({ key: 'up' }).then(() => true), comesBackWithinMs);
      await pause(300 + (membersKilled % 7) * 200);
      const member = membersKilled % members.endpoints.length;
      await members.killMember(member);
      await members.startMember(member);
    }
  })();
  const below = `/kills-${Date.now()}/`;
  const { endpoints } = members;
  try {
    const killed = killOver((lane) => ({ endpoints, prefix: `${below}${lane}/` }), kills);
    await killed.finally(() => (isOver = true));
    return { ...(await killed), membersKilled };
  } finally {
    await killing;
    client.close();
  }
}

async function killOver(placeOf: (lane: number) => Place, kills: number): Promise<Killed> {
  const rounds = Math.ceil(kills / lanes);
  const all = await Promise.all(
    Array.from({ length: lanes }, (_, at) => killInLane(placeOf(at), { number: at, rounds })),
  );
  return {
    writersKilled: lanes * rounds,
    membersKilled: 0,
    acknowledged: all.reduce((sum, one) => sum + one.acknowledged, 0),
    wrong: all.flatMap(({ wrong }) => wrong),
  };
}

async function killInLane(place: Place, lane: { number: number; rounds: number }) {
  const wrong: string[] = [];
  let acknowledged = 0;
  let last = 0;
  for (let round = 1; round <= lane.rounds; round += 1) {
    const { before, kept } = await killed({ place, round }, (round * 37 + lane.number * 11) % 90);
    if (before < last)
      wrong.push(
        `journal ${lane.number} had ${last} records before the kill of round ${round - 1}, and ${before} after it`,
      );
    last = kept;
    acknowledged += kept;
  }
  const { faults, records } = await verified(place);
  wrong.push(...faults.map(({ where, what }) => `journal ${lane.number}, ${where}: ${what}`));
  if (records < acknowledged)
    wrong.push(`journal ${lane.number} has ${records} records of ${acknowledged} that were acknowledged`);
  return { acknowledged, wrong };
}

/** Lets a process append, and kills it so long after its first word, or in every other round after its first record. Gives what it found (-1 for nothing said), and what it was told is kept. */
async function killed(words: AppenderWords, afterMs: number): Promise<{ before: number; kept: number }> {
  const child = spawn(process.execPath, [program, JSON.stringify(words)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let isDue = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (isDue || (words.round % 2 === 0 && !said.includes('kept'))) return;
    isDue = true;
    setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  await once(child, 'close');
  const numbers = (word: string) =>
    [...said.matchAll(new RegExp(`^${word} (\\d+)\\n`, 'gm'))].map(([, number]) => Number(number));
  return { before: numbers('before')[0] ?? -1, kept: Math.max(0, ...numbers('kept')) };
}

async function verified(place: Place) {
  if ('file' in place) {
    const journal = await openSqliteJournal(place);
    return verify(partsOf(journal)).finally(() => journal.close());
  }
  const { endpoints, prefix } = place;
  const etcd = new Etcd({ endpoints, user: '', password: '', tls: null, timeoutMs: 30_000 });
  return verify(partsOf(openEtcdJournal({ etcd, prefix, token: () => null }))).finally(() => etcd.close());
}
