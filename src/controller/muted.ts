import type { Finding } from '../analysis/finding.ts';
import type { Teller } from '../engine/ports.ts';
import { spoken } from '../kernel/duration.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { isLost } from '../topology/lost.ts';
import type { Instance } from '../topology/snapshot.ts';

/**
 * Failures that nobody is told of because of a downtime. Whoever began it does not want to be woken, so no hook is
 * run, as in orchestrator (3.2.6, section 2.4); but the log says once what is not told, and why.
 */
export class Muted {
  readonly #said = new Map<InstanceKey, string>();
  readonly #teller: Teller;

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** `findings` are all of the member's cluster at `now`, milliseconds since 1970. */
  say(member: Instance, findings: readonly Finding[], cluster: Cluster, now: number): void {
    const { key } = member;
    const found = findings.find(
      ({ instance, treatment, skippedForDowntime }) =>
        instance === key && treatment !== 'none' && skippedForDowntime,
    );
    // That a replaced primary is gone was told by the recovery that replaced it.
    if (found === undefined || isLost(member)) return void this.#said.delete(key);
    if (this.#said.get(key) === found.code) return;
    this.#said.set(key, found.code);
    const sentence = `${key}: ${found.code}; ${found.evidence}; ${whyMuted(member, now)}, so no hook is told and nothing is recovered`;
    this.#teller.warn(sentence, { cluster: cluster.alias, instance: key });
  }
}

function whyMuted({ downtime }: Instance, now: number): string {
  if (downtime === null) return 'its replicas are in downtime';
  const { owner, reason, until } = downtime;
  return `it is in downtime for another ${spoken(until - now)} (${owner}: ${reason})`;
}
