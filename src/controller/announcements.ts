import { z } from 'zod';
import { type DetectionInput, detection } from '../../workflows/detection.ts';
import { Finding } from '../analysis/finding.ts';
import type { Journal, Opening } from '../engine/ports.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { recoveryUidOf } from '../steps/hook-facts.ts';
import { Cluster } from '../topology/cluster.ts';

/** A failure that the hooks were told of. */
export const Announcement = z.object({
  /** Of the recovery that it led to, or would have. */
  uid: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  acts: z.boolean(),
  finding: Finding,
  cluster: Cluster,
  /** The hooks were told that it is over. */
  cleared: z.boolean(),
});
export type Announcement = z.infer<typeof Announcement>;

const room = 'announced';

/** What the hooks were told of, by instance and kind; outlives the controller. */
export class Announcements {
  readonly #byName = new Map<string, Announcement>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Detections that have not ended were announced too: their hooks are owed, whoever lives. */
  async load(unfinished: readonly Opening[]): Promise<void> {
    for (const [name, kept] of await this.#journal.kept(room)) {
      const known = Announcement.safeParse(kept);
      if (known.success) this.#byName.set(name, known.data);
    }
    for (const { uid, workflow, input, at } of unfinished) {
      if (workflow !== detection.name) continue;
      const { finding, cluster, acts, announce } = input as DetectionInput;
      const announcement = { uid: recoveryUidOf(uid), at, acts, finding, cluster, cleared: false };
      if (announce) this.#byName.set(nameOf(finding.instance, acts), announcement);
    }
  }

  of(instance: InstanceKey): readonly Announcement[] {
    return [true, false].flatMap((acts) => this.last(instance, acts) ?? []);
  }

  last(instance: InstanceKey, acts: boolean): Announcement | null {
    return this.#byName.get(nameOf(instance, acts)) ?? null;
  }

  async keep(announcement: Announcement): Promise<void> {
    const name = nameOf(announcement.finding.instance, announcement.acts);
    this.#byName.set(name, announcement);
    await this.#journal.keep(room, name, announcement);
  }

  /** A failure that was recovered from may be announced afresh the next time. */
  async forget(instance: InstanceKey): Promise<void> {
    for (const acts of [true, false]) {
      this.#byName.delete(nameOf(instance, acts));
      await this.#journal.drop(room, nameOf(instance, acts));
    }
  }
}

function nameOf(instance: InstanceKey, acts: boolean): string {
  return `${instance} ${acts ? 'acts' : 'announced'}`;
}
