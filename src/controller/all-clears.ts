import type { Finding } from '../analysis/finding.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import type { Announcements } from './announcements.ts';
import type { Supervisor } from './supervisor.ts';

/** Tells the hooks that a failure which they were told of is over, and no recovery has told them so. */
export class AllClears {
  /** Since when a failure is not to be seen any more, by the uid of its announcement. */
  readonly #clearSince = new Map<string, number>();
  readonly #announcements: Announcements;
  readonly #supervisor: Supervisor;
  readonly #afterMs: number;

  /** A failure must have been gone for `afterMs`, so that a hiccup tells nobody. */
  constructor(announcements: Announcements, supervisor: Supervisor, afterMs: number) {
    this.#announcements = announcements;
    this.#supervisor = supervisor;
    this.#afterMs = afterMs;
  }

  /** `findings` are those of the member's cluster at `now`, milliseconds since 1970. */
  async tell(member: Instance, findings: readonly Finding[], now: number): Promise<void> {
    for (const announcement of this.#announcements.of(member.key)) {
      const { uid, cleared, cluster } = announcement;
      const isThere = findings.some((one) => one.instance === member.key && one.treatment !== 'none');
      const isTold = this.#supervisor.isAnnouncing(uid) || this.#supervisor.isDetecting(cluster.id);
      if (cleared || isThere || !isCheckValid(member) || isTold) {
        this.#clearSince.delete(uid);
        continue;
      }
      const since = this.#clearSince.get(uid) ?? now;
      this.#clearSince.set(uid, since);
      if (now - since < this.#afterMs) continue;
      this.#clearSince.delete(uid);
      // Kept once it stands in the journal, as with an announcement; there it is opened once under its uid.
      await this.#supervisor.tellAllClear(announcement);
      await this.#announcements.keep({ ...announcement, cleared: true });
    }
  }
}
