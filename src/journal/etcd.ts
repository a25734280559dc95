import { z } from 'zod';
import type { Etcd, Pair } from '../etcd/etcd.ts';
import type { Journal, Opened, Opening, RunSummary } from '../engine/ports.ts';
import type { Entry, JournalRecord } from '../engine/record.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { Archive, RunHead } from './archive.ts';
import { noSeal, type Seal, sealOfAnchor, sealOfOpening, sealOfRecord } from './chain.ts';
import { mayOpen } from './claim.ts';
import { factIn, type Keys, keysBelow, numberIn } from './etcd-keys.ts';
import { EtcdPages } from './etcd-pages.ts';
import { endedRun, goingRun, mayFollowTheEnd, unknownRun } from './refusals.ts';
import { Turns } from '../kernel/turns.ts';
import { asOpening, asRecord, asSummary, written } from './written.ts';

/** A run as etcd has it. `number` counts the openings. */
const Run = z.object({ opening: z.unknown(), number: z.number(), seal: z.string() });

/** What must be known of a run to append to it: its next record's number, and its place among those that go on. */
interface Head {
  readonly seq: number;
  /** Of the record before that. */
  readonly seal: Seal;
  readonly opening: Opening;
  readonly number: number;
  /** When its key among the open ones came to be; null when it has ended. */
  readonly openSince: number | null;
}

/** How many runs are read at one moment: etcd takes 128 operations in a transaction, and each needs three. */
const together = 40;
/** How many are left out in one transaction: each takes ten operations. */
const leftOutTogether = 10;

/**
 * The journal that several controllers share. Whatever is written is written in a transaction that holds
 * only while the key of the leader is the one that the writer's token was taken from, so a deposed
 * leader cannot write: it throws `lease-lost`. Throws `etcd-unreachable` where nothing is known of what
 * became of it; the same may then be asked again, and is done once.
 */
export function openEtcdJournal(options: {
  etcd: Etcd;
  /** `/baton/`: what all keys begin with. */
  prefix: string;
  /** Our term's; null while we do not lead. */
  token: () => number | null;
}): Journal & Archive {
  return new EtcdJournal(options);
}

class EtcdJournal extends EtcdPages implements Journal, Archive {
  readonly #etcd: Etcd;
  readonly #keys: Keys;
  readonly #token: () => number | null;
  readonly #heads = new Map<string, Head>();
  /** Openings one after the other, and the records of each run. */
  readonly #turns = new Turns();
  /** What the next run is called, while nobody else leads. */
  #next: { readonly token: number; readonly number: number } | null = null;

  constructor({ etcd, prefix, token }: Parameters<typeof openEtcdJournal>[0]) {
    super(etcd, keysBelow(prefix));
    this.#etcd = etcd;
    this.#keys = keysBelow(prefix);
    this.#token = token;
  }

  async open(opening: Opening): Promise<Opened> {
    const kept = asOpening(opening);
    return this.#turns.take('open', async () => {
      for (;;) {
        const number = await this.#numberFor(kept.token);
        // Until it is known to be written or not, the number may be taken.
        this.#next = null;
        const opened = await this.#tryToOpen(kept, number);
        if (opened !== null) return opened;
      }
    });
  }

  async #numberFor(token: number): Promise<number> {
    if (this.#next?.token === token) return this.#next.number;
    return (await this.extent()).runs + 1;
  }

  /** Null where its number is another run's. */
  async #tryToOpen(opening: Opening, number: number): Promise<Opened | null> {
    const keys = this.#keys;
    const { uid, subject, workflow, exclusive, token } = opening;
    const [runKey, claimKey] = [keys.run(uid), keys.claim(subject)];
    const seal = sealOfOpening(number, opening);
    const placed = { uid, workflow, subject, number };
    const { done, found, revision } = await this.#etcd.transact({
      when: [
        { key: keys.leader, created: token },
        { key: runKey, created: 0 },
        { key: keys.number(number), created: 0 },
        ...(exclusive ? [{ key: claimKey, created: 0 }] : []),
      ],
      change: [
        { put: runKey, value: written({ opening, number, seal }) },
        { put: keys.last(uid), value: seal },
        { put: keys.counted('runs'), value: String(number) },
        ...keys.places(placed).map(({ key, value }) => ({ put: key, value })),
        { put: keys.open(number), value: uid },
        ...(exclusive ? [{ put: claimKey, value: uid }] : []),
      ],
      elseRead: [{ key: keys.leader }, { key: runKey }, { key: claimKey }],
    });
    if (done) {
      this.#heads.set(uid, { seq: 1, seal, opening, number, openSince: revision });
      this.#next = { token, number: number + 1 };
      return { opened: true };
    }
    const [leader, run, claim] = found.map((pairs) => pairs[0]);
    if (run !== undefined) return { opened: true };
    this.#mustLead(leader, token);
    const opened = mayOpen(opening, claim?.value ?? null);
    return opened.opened ? null : opened;
  }

  async append(uid: string, entry: Entry, at: number, token: number): Promise<JournalRecord> {
    const record = asRecord({ seq: 0, at, token }, entry);
    return this.#turns.take(uid, async () => {
      for (;;) {
        const head = this.#heads.get(uid) ?? (await this.#headOf(uid));
        this.#heads.set(uid, head);
        const appended = { ...record, seq: head.seq };
        const isWritten = await this.#tryToAppend(head, appended);
        if (isWritten) return appended;
        this.#heads.delete(uid);
      }
    });
  }

  /** False where the head was not the run's own any more. */
  async #tryToAppend(head: Head, record: JournalRecord): Promise<boolean> {
    const keys = this.#keys;
    const { uid, subject, exclusive } = head.opening;
    const { seq, token, at, ...entry } = record;
    const mayFollow = mayFollowTheEnd(record.kind);
    if (head.openSince === null && !mayFollow) throw endedRun(uid);
    const key = keys.record(uid, seq);
    const seal = sealOfRecord(head.seal, record);
    const value = written({ ...record, seal });
    const { done, found } = await this.#etcd.transact({
      when: [
        { key: keys.leader, created: token },
        { key, created: 0 },
        ...(mayFollow ? [] : [{ key: keys.open(head.number), created: head.openSince ?? 0 }]),
      ],
      change: [
        { put: key, value },
        { put: keys.last(uid), value: seal },
        ...(entry.kind === 'ended'
          ? [
              { put: keys.end(uid), value: written({ at, ...endIn(entry) }) },
              { remove: keys.open(head.number) },
              ...(exclusive ? [{ remove: keys.claim(subject) }] : []),
            ]
          : []),
      ],
      elseRead: [{ key: keys.leader }, { key }],
    });
    const [leader, before] = found.map((pairs) => pairs[0]);
    // Ours, of which we never heard that it was written.
    const isThere = done || before?.value === value;
    if (!isThere) this.#mustLead(leader, token);
    if (isThere) {
      const openSince = entry.kind === 'ended' ? null : head.openSince;
      this.#heads.set(uid, { ...head, seq: seq + 1, seal, openSince });
    }
    return isThere;
  }

  async #headOf(uid: string): Promise<Head> {
    const run = await this.#runOf(uid);
    const keys = this.#keys;
    const { found } = await this.#etcd.transact({
      read: [{ key: keys.open(run.number) }, { prefix: keys.records(uid) }, { key: keys.last(uid) }],
    });
    const [open = [], records = [], last = []] = found;
    const seal = last[0]?.value ?? noSeal;
    return { ...run, seq: records.length + 1, seal, openSince: open[0]?.created ?? null };
  }

  async #runOf(uid: string): Promise<{ readonly opening: Opening; readonly number: number }> {
    const { pairs } = await this.#etcd.read({ key: this.#keys.run(uid) });
    if (pairs[0] === undefined) throw unknownRun(uid);
    return this.#runIn(pairs[0]);
  }

  async read(uid: string) {
    const keys = this.#keys;
    const { found } = await this.#etcd.transact({
      read: [{ key: keys.run(uid) }, { prefix: keys.records(uid) }],
    });
    const [[run] = [], records = []] = found;
    if (run === undefined) return null;
    const { opening } = this.#runIn(run);
    return {
      opening,
      records: records.map((pair) => this.#reading(pair, (value) => asRecord(value, value))),
    };
  }

  async unfinished(): Promise<readonly Opening[]> {
    const { pairs } = await this.#etcd.read({ prefix: this.#keys.everyOpen });
    return (await this.#summariesOf(pairs)).map(({ opening }) => opening);
  }

  async list({ workflow, subject, limit }: Parameters<Journal['list']>[0]): Promise<readonly RunSummary[]> {
    const workflows = workflow === undefined ? null : [workflow].flat();
    const found = await Promise.all(
      this.#placesOf(workflows, subject).map((prefix) => this.#etcd.read({ prefix, limit })),
    );
    const pairs = found.flatMap((one) => one.pairs);
    const newestFirst = pairs.toSorted((one, other) => numberIn(other.key) - numberIn(one.key));
    return this.#summariesOf(newestFirst.slice(0, limit));
  }

  /** The prefixes below which the runs that are asked for are found, each the newest first. */
  #placesOf(workflows: readonly string[] | null, subject: string | undefined): readonly string[] {
    const keys = this.#keys;
    if (workflows === null) return [subject === undefined ? keys.everyRun : keys.everyAbout(subject)];
    return workflows.map((name) =>
      subject === undefined ? keys.everyOfKind(name) : keys.everyOf(subject, name),
    );
  }

  async acknowledge(uid: string, by: string, why: string, at: number): Promise<void> {
    const keys = this.#keys;
    const [[run] = [], [end] = []] = await this.#readTogether([keys.run(uid), keys.end(uid)]);
    if (run === undefined) throw unknownRun(uid);
    if (end === undefined) throw goingRun(uid);
    const key = keys.acknowledged(uid);
    const token = this.#leading();
    const { done, found } = await this.#etcd.transact({
      when: [
        { key: keys.leader, created: token },
        { key, created: 0 },
      ],
      change: [{ put: key, value: written({ by, why, at }) }],
      elseRead: [{ key: keys.leader }],
    });
    if (!done) this.#mustLead(found[0]?.[0], token);
  }

  async keep(room: string, name: string, value: unknown): Promise<void> {
    await this.#asLeader({ put: this.#keys.kept(room, name), value: written(value) });
  }

  async drop(room: string, name: string): Promise<void> {
    await this.#asLeader({ remove: this.#keys.kept(room, name) });
  }

  async kept(room: string): Promise<ReadonlyMap<string, unknown>> {
    const { pairs } = await this.#etcd.read({ prefix: this.#keys.everyKept(room) });
    const inOrder = pairs.toSorted((one, other) => one.created - other.created);
    return new Map(
      inOrder.map((pair): [string, unknown] => [
        factIn(pair.key).name,
        this.#reading(pair, (value) => value),
      ]),
    );
  }

  async heads(after: number, limit: number): Promise<readonly RunHead[]> {
    const { everyNumber, number } = this.#keys;
    const { pairs } = await this.#etcd.read({ prefix: everyNumber, after: number(after), limit });
    const summaries = await this.#summariesOf(pairs);
    return summaries.map(({ opening: { uid, workflow, subject, at }, endedAt }) => {
      const pair = pairs.find(({ value }) => value === uid);
      return { number: Number(pair?.key.slice(everyNumber.length)), uid, workflow, subject, at, endedAt };
    });
  }

  async leaveOut(uids: readonly string[], at: number, token: number): Promise<void> {
    for (let from = 0; from < uids.length; from += leftOutTogether) {
      const some = uids.slice(from, from + leftOutTogether);
      await this.#turns.take('leaveOut', () => this.#leaveOut(some, at, token));
    }
  }

  async #leaveOut(uids: readonly string[], at: number, token: number): Promise<void> {
    const keys = this.#keys;
    const runs = await Promise.all(uids.map((uid) => this.#headOf(uid)));
    const going = runs.find(({ openSince }) => openSince !== null);
    if (going !== undefined) throw goingRun(going.opening.uid);
    const { anchors } = await this.extent();
    const [before] = anchors === 0 ? [] : await this.anchors(anchors - 1, 1);
    const ends = runs.map(({ number, seal }) => ({ number, seal }));
    const body = { seq: anchors + 1, at, token, ends };
    const value = written({ ...body, seal: sealOfAnchor(before?.seal ?? noSeal, body) });
    const { done, found } = await this.#etcd.transact({
      when: [
        { key: keys.leader, created: token },
        { key: keys.anchor(body.seq), created: 0 },
      ],
      change: [
        { put: keys.anchor(body.seq), value },
        { put: keys.counted('anchors'), value: String(body.seq) },
        ...runs.flatMap(({ opening: { uid, workflow, subject }, number }) => [
          ...[keys.run(uid), keys.end(uid), keys.acknowledged(uid), keys.last(uid)].map(removed),
          ...keys.places({ uid, workflow, subject, number }).map(({ key }) => removed(key)),
          { removeAll: keys.records(uid) },
        ]),
      ],
      elseRead: [{ key: keys.leader }],
    });
    for (const uid of uids) this.#heads.delete(uid);
    if (done) return;
    this.#mustLead(found[0]?.[0], token);
    throw new BatonError(
      'journal-broken',
      `anchor ${body.seq} in etcd was written by somebody else meanwhile`,
    );
  }

  async close(): Promise<void> {
    await this.#turns.over();
  }

  async #asLeader(change: { put: string; value: string } | { remove: string }): Promise<void> {
    const { leader } = this.#keys;
    const created = this.#leading();
    const when = [{ key: leader, created }];
    const { done, found } = await this.#etcd.transact({
      when,
      change: [change],
      elseRead: [{ key: leader }],
    });
    if (!done) this.#mustLead(found[0]?.[0], created);
  }

  #leading(): number {
    const token = this.#token();
    if (token === null)
      throw new BatonError('lease-lost', 'this controller does not lead, so nothing was written');
    return token;
  }

  #mustLead(leader: Pair | undefined, token: number): void {
    if (leader?.created === token) return;
    const who = leader === undefined ? 'nobody leads' : 'another controller leads';
    throw new BatonError('lease-lost', `${who} now, so nothing was written`);
  }

  /** Several keys, as they stood at one moment. */
  async #readTogether(keys: readonly string[]): Promise<Found> {
    const read = keys.map((key) => ({ key }));
    return (await this.#etcd.transact({ read })).found;
  }

  /** Of the runs whose uids stand in these. */
  async #summariesOf(pairs: readonly Pair[]): Promise<readonly RunSummary[]> {
    const keys = this.#keys;
    const summaries: RunSummary[] = [];
    for (let from = 0; from < pairs.length; from += together) {
      const uids = pairs.slice(from, from + together).map(({ value }) => value);
      const found = await this.#readTogether(
        uids.flatMap((uid) => [keys.run(uid), keys.end(uid), keys.acknowledged(uid)]),
      );
      uids.forEach((_, index) => {
        const [[run] = [], [end] = [], [ack] = []] = found.slice(3 * index, 3 * index + 3);
        if (run !== undefined) summaries.push(this.#summaryIn(run, end, ack));
      });
    }
    return summaries;
  }

  #summaryIn(run: Pair, ended: Pair | undefined, ack: Pair | undefined): RunSummary {
    const end = ended === undefined ? null : this.#reading(ended, (value) => Ended.parse(value));
    return asSummary({
      opening: this.#runIn(run).opening,
      endedAt: end?.at ?? null,
      end,
      acknowledged: ack === undefined ? null : this.#reading(ack, (value) => value),
    });
  }

  #runIn(pair: Pair): { readonly opening: Opening; readonly number: number } {
    return this.#reading(pair, (value) => {
      const { opening, number } = Run.parse(value);
      return { opening: asOpening(opening), number };
    });
  }

  #reading<Value>({ key, value }: Pair, read: (value: unknown) => Value): Value {
    try {
      return read(JSON.parse(value));
    } catch (error) {
      throw new BatonError('journal-broken', `${key} in etcd: ${messageOf(error)}`, { cause: error });
    }
  }
}

function removed(key: string) {
  return { remove: key };
}

type Found = readonly (readonly Pair[])[];

const Ended = z.object({ at: z.number(), state: z.string(), sentence: z.string(), output: z.unknown() });

function endIn(entry: Extract<Entry, { kind: 'ended' }>) {
  const { state, sentence, output } = entry;
  return { state, sentence, output };
}
