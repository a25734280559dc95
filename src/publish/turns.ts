import type { Publisher } from '../engine/ports.ts';
import { Turns } from '../kernel/turns.ts';

/**
 * A publisher whose words about one cluster are said one after another, whoever says them, so that what one has found
 * still stands when it speaks. `inTurn` takes a turn for more than one word, on the publisher itself.
 */
export function takingTurns(publisher: Publisher): {
  readonly publisher: Publisher;
  inTurn<T>(clusterId: string, what: () => Promise<T>): Promise<T>;
} {
  const turns = new Turns();
  function inTurn<T>(clusterId: string, what: () => Promise<T>): Promise<T> {
    return turns.take(clusterId, what);
  }
  /** Whoever was given up while it waited says nothing any more. */
  function unlessOver<T>(clusterId: string, signal: AbortSignal, what: () => Promise<T>): Promise<T> {
    return inTurn(clusterId, async () => {
      signal.throwIfAborted();
      return what();
    });
  }

  return {
    inTurn,
    publisher: {
      publish: (cluster, primary, signal, run) =>
        unlessOver(cluster.id, signal, () => publisher.publish(cluster, primary, signal, run)),
      withdraw: (cluster, signal, run) =>
        unlessOver(cluster.id, signal, () => publisher.withdraw(cluster, signal, run)),
      published: (cluster, signal) =>
        unlessOver(cluster.id, signal, () => publisher.published(cluster, signal)),
      preview: (cluster, primary) => publisher.preview(cluster, primary),
    },
  };
}
