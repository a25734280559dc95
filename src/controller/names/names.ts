import { hostOf, type InstanceKey } from '../../kernel/instance-key.ts';
import type { Observation, Replication } from '../../topology/observation.ts';

/**
 * The one address by which each server is known. A seed says `localhost` where replicas say `db1`, and
 * two replicas may call their source by two names; taken for two servers, one would be recovered twice.
 */
export class Names {
  readonly #names = new Map<InstanceKey, InstanceKey>();

  of(key: InstanceKey): InstanceKey {
    return this.#names.get(key) ?? key;
  }

  /** From now on `other` is `name`, and so is whatever was `other`. */
  join(other: InstanceKey, name: InstanceKey): void {
    // The journal gives them back in any order: `name` may be known by a better one already.
    const best = this.of(name) === other ? name : this.of(name);
    for (const [key, known] of this.#names) if (known === other) this.#names.set(key, best);
    this.#names.delete(best);
    this.#names.set(other, best);
  }

  /** The address leads elsewhere by now. */
  part(key: InstanceKey): void {
    this.#names.delete(key);
  }

  /** What was seen, with the servers it names by their one address. */
  within<Seen extends Pick<Observation, 'server'>>(seen: Seen): Seen {
    const { server } = seen;
    if (server === null || this.#names.size === 0) return seen;
    const { replication, detachedFrom, listedReplicas, group } = server;
    const named = {
      ...server,
      replication: replication === null ? null : this.#sourcesOf(replication),
      detachedFrom: detachedFrom === null ? null : this.of(detachedFrom),
      listedReplicas: [...new Set(listedReplicas.map((key) => this.of(key)))],
      group:
        group === null ? null : { ...group, members: group.members.map((one) => this.#named(one, 'key')) },
    };
    return { ...seen, server: named };
  }

  #sourcesOf(replication: Replication): Replication {
    const otherChannels = replication.otherChannels.map((one) => this.#named(one, 'source'));
    return { ...this.#named(replication, 'source'), otherChannels };
  }

  #named<Field extends string, Thing extends Record<Field, InstanceKey>>(thing: Thing, field: Field): Thing {
    return { ...thing, [field]: this.of(thing[field]) };
  }
}

/** Which of two addresses of one server is the better name: the one that means it on other machines too, then the first. */
export function betterName(first: InstanceKey, second: InstanceKey): InstanceKey {
  return nearness(second) < nearness(first) ? second : first;
}

/** Whether a name means another server on each machine. */
export function isNear(key: InstanceKey): boolean {
  return nearness(key) > 0;
}

/** A client takes `localhost` for a socket of its own machine, whatever the port. */
function nearness(key: InstanceKey): number {
  const host = hostOf(key);
  return host === 'localhost' ? 2 : host.startsWith('127.') || host === '::1' ? 1 : 0;
}
