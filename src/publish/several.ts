import type { Publisher, Told } from '../engine/ports.ts';
import { messageOf } from '../kernel/errors.ts';
import { whenAborted } from '../kernel/when-aborted.ts';
import type { Cluster } from '../topology/cluster.ts';

/** One of those who tell the world. */
export interface Place {
  /** As a sentence begins with it: `the etcd of mysql/master/`. */
  readonly name: string;
  readonly publisher: Publisher;
  serves(cluster: Cluster): boolean;
}

/** Less than a publication as a whole may take, so that whoever did not answer can be named. */
const placeTimeoutMs = 4_000;

/**
 * Tells all of them at once. Each is looked at first and left alone where it tells that already, and looked at again
 * afterwards: what does not stand there then was not told. Those that fail are named in one error, when all are done.
 */
export function severalPublishers(places: readonly Place[]): Publisher {
  async function tell(cluster: Cluster, primary: Told, { act, signal }: Telling): Promise<void> {
    const outcomes = await Promise.all(
      serving(cluster).map(({ name, publisher }) =>
        bounded(signal, async (until) => {
          if (isTold(await publisher.published(cluster, until).catch(() => []), primary)) return null;
          await act(publisher, until);
          const told = await publisher.published(cluster, until);
          return isTold(told, primary) ? null : `it tells of ${told.map(spokenTold).join(' and ')}`;
        })
          .catch(messageOf)
          .then((fault) => (fault === null ? [] : [`${name}: ${fault}`])),
      ),
    );
    const faults = outcomes.flat();
    if (faults.length > 0) throw new Error(faults.join('; '));
  }

  function serving(cluster: Cluster): readonly Place[] {
    return places.filter((place) => place.serves(cluster));
  }

  return {
    withdraw: (cluster, signal, run) =>
      tell(cluster, null, { signal, act: (publisher, until) => publisher.withdraw(cluster, until, run) }),
    publish: (cluster, primary, signal, run) =>
      tell(cluster, primary, {
        signal,
        act: (publisher, until) => publisher.publish(cluster, primary, until, run),
      }),
    async published(cluster, signal) {
      const looks = serving(cluster).map(({ publisher }) =>
        bounded(signal, (until) => publisher.published(cluster, until)).catch((): readonly Told[] => [
          'unknown',
        ]),
      );
      const told = await Promise.all(looks);
      signal.throwIfAborted();
      return told.flat();
    },
    async preview(cluster, primary) {
      const previews = serving(cluster).map(async ({ name, publisher }) =>
        (await publisher.preview(cluster, primary)).map((line) => `${name}: ${line}`),
      );
      return (await Promise.all(previews)).flat();
    },
  };
}

interface Telling {
  readonly act: (publisher: Publisher, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** A place that tells nothing at all has not answered. */
function isTold(told: readonly Told[], wanted: Told): boolean {
  return told.length > 0 && told.every((one) => one === wanted);
}

function spokenTold(one: Told): string {
  if (one === null) return 'nobody';
  return one === 'unknown' ? 'something that cannot be read' : one;
}

async function bounded<T>(signal: AbortSignal, what: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new AbortController();
  const late = new Error(`no answer within ${placeTimeoutMs / 1_000} s`);
  const timer = setTimeout(() => end.abort(late), placeTimeoutMs);
  const rise = whenAborted(signal, () => end.abort(signal.reason));
  const over = new Promise<never>((_, reject) => {
    end.signal.addEventListener('abort', () => reject(end.signal.reason));
  });
  try {
    return await Promise.race([what(end.signal), over]);
  } finally {
    clearTimeout(timer);
    rise();
  }
}
