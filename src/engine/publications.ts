import type { Clock } from '../kernel/clock.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import type { Lease, Publisher, Teller, Told } from './ports.ts';
import type { Entry, JournalRecord } from './record.ts';
import { within } from './within.ts';

/** How long whoever tells the world may take for one word; a failover is not held up for longer. */
const publishTimeoutMs = 5_000;

/** What became of one publication: `nowhere` where no place tells of the cluster. A failed one has the publisher's own words. */
export interface Publication {
  readonly outcome: 'done' | 'skipped' | 'nowhere' | 'failed';
  readonly because: string | null;
}

/** What a run tells the world of the primary of its cluster: each word in the journal before it is said, and after. */
export interface Publications {
  /** Nobody is sent to a primary of this cluster from now on; who holds a connection still has it. */
  withdraw(cluster: Cluster): Promise<Publication>;
  publish(cluster: Cluster, primary: InstanceKey): Promise<Publication>;
  /** Publishes again whom this run has withdrawn, and says whom; null where it has withdrawn nobody. */
  takeBack(cluster: Cluster): Promise<(Publication & { readonly primary: InstanceKey }) | null>;
}

export function publicationsOf(run: {
  uid: string;
  step: string;
  publisher: Publisher;
  clock: Clock;
  lease: Lease;
  teller: Teller;
  signal: AbortSignal;
  history: () => readonly JournalRecord[];
  append: (entry: Entry) => Promise<JournalRecord>;
}): Publications {
  const { uid, step, publisher, clock, lease, teller, signal, history, append } = run;
  const bounded = <T>(what: (signal: AbortSignal) => Promise<T>) =>
    within(publishTimeoutMs, { clock, signal }, what);

  /** Whom the world is told of is looked up first: saying it twice says nothing more. */
  async function tell(cluster: Cluster, primary: InstanceKey | null): Promise<Publication> {
    const words =
      primary === null
        ? `the primary of ${cluster.alias} could not be withdrawn`
        : `the world could not be told that ${primary} is the primary of ${cluster.alias}`;
    let told: readonly Told[];
    try {
      told = await bounded((until) => publisher.published(cluster, until));
    } catch (error) {
      return failed(words, error);
    }
    if (told.length === 0) return { outcome: 'nowhere', because: null };
    if (told.every((one) => one === primary)) return { outcome: 'skipped', because: null };
    const before = told.find(isKnown) ?? null;
    const { seq } = await append({ kind: 'publish', step, cluster: cluster.id, primary, before });
    if (lease.remainingMs() <= 0)
      throw new BatonError(
        'lease-lost',
        `nobody was told of the primary of ${cluster.alias}: the lease has run out`,
      );
    try {
      await bounded((until) =>
        primary === null
          ? publisher.withdraw(cluster, until, uid)
          : publisher.publish(cluster, primary, until, uid),
      );
    } catch (error) {
      await append({ kind: 'published', of: seq, outcome: 'failed', because: messageOf(error) });
      return failed(words, error);
    }
    await append({ kind: 'published', of: seq, outcome: 'done', because: null });
    teller.tell(
      primary === null
        ? `nobody is sent to a primary of ${cluster.alias} any more`
        : `the world is told that ${primary} is the primary of ${cluster.alias}`,
      {},
    );
    return { outcome: 'done', because: null };
  }

  function failed(words: string, error: unknown): Publication {
    const because = messageOf(error);
    teller.warn(`${words}: ${because}`, {});
    return { outcome: 'failed', because };
  }

  return {
    withdraw: (cluster) => tell(cluster, null),
    publish: tell,
    async takeBack(cluster) {
      const primary = withdrawnIn(history());
      if (primary === null) return null;
      let now: readonly Told[];
      try {
        now = await bounded((until) => publisher.published(cluster, until));
      } catch (error) {
        return { ...failed(`${primary} could not be published again`, error), primary };
      }
      // Whoever was published meanwhile was published by somebody else.
      if (now.some((one) => isKnown(one) && one !== primary))
        return { outcome: 'skipped', because: null, primary };
      return { ...(await tell(cluster, primary)), primary };
    },
  };
}

function isKnown(one: Told): one is InstanceKey {
  return one !== null && one !== 'unknown';
}

/** Whom the world was told of before this run first withdrew it; null where it withdrew nobody. */
export function withdrawnIn(records: readonly JournalRecord[]): InstanceKey | null {
  const first = records.find(
    (record): record is Extract<JournalRecord, { kind: 'publish' }> =>
      record.kind === 'publish' && record.primary === null,
  );
  return first?.before ?? null;
}
