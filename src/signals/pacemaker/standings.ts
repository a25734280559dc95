import type { HostSignal } from '../../analysis/host-signal.ts';
import type { Level } from '../../protocols/pacemaker/level.ts';
import { standingsOf } from '../../protocols/pacemaker/standing.ts';
import { shown } from '../shown.ts';

/** How far the clock of a cluster may be behind ours. */
const skewMs = 5_000;
/** A fencing that was before Baton first asked counts where it was no longer ago: what became of the node since nobody here has seen. */
const recentMs = 600_000;

/** How the nodes of a cluster stand and since when, from one reading to the next. */
export class Standings {
  readonly #now = new Map<string, HostSignal>();
  readonly #upAt = new Map<string, number>();
  /** When the last fencing of a node ended that has been up since, by the cluster's own clock. */
  readonly #over = new Map<string, number>();
  #firstReadAt: number | null = null;
  #fences = false;

  /** Whether the cluster makes sure that lost nodes are off. */
  get fences(): boolean {
    return this.#fences;
  }

  get all(): readonly HostSignal[] {
    return [...this.#now.values()];
  }

  /** What is another since the reading before; `now` is when it was read, in milliseconds since 1970. */
  take(level: Level, now: number): readonly HostSignal[] {
    this.#firstReadAt ??= now;
    this.#fences = level.fences;
    const first = this.#firstReadAt - recentMs;
    const countsFrom = (node: string) =>
      Math.max((this.#upAt.get(node) ?? first) - skewMs, (this.#over.get(node) ?? 0) + 1);
    const standings = standingsOf(level, countsFrom);
    const changed: HostSignal[] = [];
    for (const { node, says, isFencing, fencedAt, because } of standings) {
      if (says === 'up') {
        this.#upAt.set(node, now);
        this.#over.set(node, lastEnd(level, node));
      }
      const before = this.#now.get(node);
      const isSame = before?.says === says && before.isFencing === isFencing;
      // A clock that runs ahead must not make a fencing later than it was.
      const at =
        fencedAt === null ? (isSame ? before.at : now) : Math.min(fencedAt, isSame ? before.at : now);
      const signal: HostSignal = { from: 'pacemaker', node, says, at, isFencing, because: shown(because) };
      this.#now.set(node, signal);
      if (!isSame) changed.push(signal);
    }
    // One that is joining has no standing, and what it was before is over.
    const known = new Set(standings.map(({ node }) => node));
    for (const node of this.#now.keys()) if (!known.has(node)) this.#now.delete(node);
    return changed;
  }
}

/** When the last fencing of a node that the cluster remembers ended; 0 where there is none. */
function lastEnd({ fencings }: Level, node: string): number {
  return Math.max(0, ...fencings.flatMap((one) => (one.target === node ? [one.completedAt ?? 0] : [])));
}
