import { z } from 'zod';
import { HostSignal, isAgainst } from '../../analysis/host-signal.ts';
import type { Journal, SignalNews, Signals, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { InstanceKey } from '../../kernel/instance-key.ts';

/** One thing that another system told, with the instances that it concerned when it came. */
export const ToldSignal = z.object({
  from: HostSignal.shape.from,
  node: z.string(),
  instances: z.array(InstanceKey).readonly(),
  /** When it happened there, and when Baton came to know of it; milliseconds since 1970. */
  at: z.number(),
  heardAt: z.number(),
  because: z.string(),
  /** How the node has stood since, as it was read there; null for what changed nothing. */
  says: HostSignal.shape.says.nullable(),
});
export type ToldSignal = z.infer<typeof ToldSignal>;

/** As people are told of it: with times in ISO 8601. */
export interface SignalReport extends Omit<ToldSignal, 'at' | 'heardAt'> {
  readonly at: string;
  readonly heardAt: string;
}

const room = 'signals';
/** So many are remembered, the latest. */
const most = 200;

/** Hears what other systems say of hosts: it is written down, said, and makes Baton look for itself at once. */
export class HostNews {
  readonly #told: ToldSignal[] = [];
  readonly #signals: Signals;
  readonly #keys: () => readonly InstanceKey[];
  readonly #journal: Pick<Journal, 'keep' | 'kept'>;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #heard: (news: SignalNews, instances: readonly InstanceKey[]) => Promise<boolean>;
  readonly #lost: (key: InstanceKey) => void;
  #count = 0;

  constructor(options: {
    signals: Signals;
    /** All that is watched. */
    keys: () => readonly InstanceKey[];
    journal: Pick<Journal, 'keep' | 'kept'>;
    clock: Clock;
    teller: Teller;
    /** Something was told of the host of these. Resolves with whether that is on record. */
    heard: (news: SignalNews, instances: readonly InstanceKey[]) => Promise<boolean>;
    /** A system counts the host of this instance among the dead. */
    lost: (key: InstanceKey) => void;
  }) {
    this.#signals = options.signals;
    this.#keys = options.keys;
    this.#journal = options.journal;
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#heard = options.heard;
    this.#lost = options.lost;
  }

  /** Takes in what was told before this life. */
  async load(): Promise<void> {
    const kept = [...(await this.#journal.kept(room))].flatMap(([name, value]) => {
      const { data } = ToldSignal.safeParse(value);
      return data === undefined ? [] : [{ name, told: data }];
    });
    const inOrder = kept.toSorted((a, b) => a.told.heardAt - b.told.heardAt);
    this.#told.push(...inOrder.map(({ told }) => told));
    this.#count = Number(inOrder.at(-1)?.name ?? 0);
  }

  /** Until the signal ends it. */
  listen(signal: AbortSignal): void {
    this.#signals.heed((news) => this.#take(news), signal);
  }

  /** The latest first; of these instances only, where any are named. */
  report(instances: readonly InstanceKey[] | null, limit: number): readonly SignalReport[] {
    const isMeant = (one: ToldSignal) =>
      instances === null || one.instances.some((key) => instances.includes(key));
    return this.#told
      .filter(isMeant)
      .toReversed()
      .slice(0, limit)
      .map((one) => ({
        ...one,
        at: new Date(one.at).toISOString(),
        heardAt: new Date(one.heardAt).toISOString(),
      }));
  }

  async #take(news: SignalNews): Promise<boolean> {
    const { from, node, at, because, standing } = news;
    const instances = this.#keys().filter((key) => this.#signals.isHost(node, key));
    const says = standing?.says ?? null;
    const told: ToldSignal = { from, node, instances, at, heardAt: this.#clock.now(), because, says };
    const isNew = news.identity === undefined || !this.#isKnown(told);
    if (isNew) this.#note(told);
    const isBad = standing !== null && isAgainst(standing) && instances.length > 0;
    const sentence = `${from}: ${because}`;
    if (isNew)
      this.#teller[isBad ? 'warn' : 'tell'](sentence, { node, ...(instances.length > 0 && { instances }) });
    const onRecord = instances.length > 0 ? this.#heard(news, instances) : Promise.resolve(true);
    if (isBad) for (const key of instances) this.#lost(key);
    return onRecord;
  }

  /** It stands on the timeline already: an earlier life was told of it, and ended before that was on record everywhere. */
  #isKnown({ from, node, at, because }: ToldSignal): boolean {
    return this.#told.some(
      (one) => one.from === from && one.node === node && one.at === at && one.because === because,
    );
  }

  #note(told: ToldSignal): void {
    this.#told.push(told);
    if (this.#told.length > most) this.#told.shift();
    this.#keep(told);
  }

  /** What concerns nobody that is watched is not worth a place in the journal. A follower's is the leader's to write. */
  #keep(told: ToldSignal): void {
    if (told.instances.length === 0) return;
    this.#count += 1;
    this.#journal.keep(room, String(this.#count % most), told).catch(() => {});
  }
}
