import { z } from 'zod';
import { detection } from '../../../workflows/detection.ts';
import { Finding } from '../../analysis/finding.ts';
import type { Journal } from '../../engine/ports.ts';
import { compareKeys, type InstanceKey } from '../../kernel/instance-key.ts';
import type { Instance } from '../../topology/snapshot.ts';

/** What was found of an instance from `at` on, milliseconds since 1970: orchestrator's code, `NoProblem` for nothing, and its warnings. */
export interface Change {
  readonly at: number;
  readonly codes: readonly string[];
}

/** What is read of a past detection. */
const Detected = z.object({ finding: Finding.pick({ instance: true, code: true, warnings: true }) });

/** So many changes of one instance stay. */
const mostChanges = 100;
/** So many detections of the journal say what was found before this life of the controller. */
const detectionsLookedAt = 200;

/**
 * What analysis came to say of each instance, and when (orchestrator 3.2.6, section 2.4:
 * replication-analysis-changelog). Lives in memory: what was found before this life is known as far as it was detected.
 */
export class Changelog {
  readonly #byInstance = new Map<InstanceKey, Change[]>();

  /** Takes in what was detected before. */
  async load(journal: Pick<Journal, 'list'>): Promise<void> {
    const runs = await journal.list({ workflow: detection.name, limit: detectionsLookedAt });
    for (const { opening } of runs.toReversed()) {
      const { data } = Detected.safeParse(opening.input);
      // Another version may have written it in another shape; nothing hangs on it.
      if (data === undefined) continue;
      this.#add(data.finding.instance, { at: opening.at, codes: codesOf(data.finding) });
    }
  }

  /** `found` is all that is found of these members of a cluster at `now`. */
  note(members: readonly Instance[], found: readonly Finding[], now: number): void {
    const findings = new Map(found.map((finding) => [finding.instance, finding]));
    for (const { key } of members) {
      const finding = findings.get(key);
      // Of one that never had a problem nothing is written down.
      if (finding === undefined && !this.#byInstance.has(key)) continue;
      this.#add(key, { at: now, codes: finding === undefined ? ['NoProblem'] : codesOf(finding) });
    }
  }

  /** By instance, the oldest change first. */
  report(): readonly { readonly instance: InstanceKey; readonly changes: readonly Change[] }[] {
    return [...this.#byInstance]
      .map(([instance, changes]) => ({ instance, changes: [...changes] }))
      .toSorted((a, b) => compareKeys(a.instance, b.instance));
  }

  #add(instance: InstanceKey, change: Change): void {
    const changes = this.#byInstance.get(instance) ?? [];
    if (changes.at(-1)?.codes.join() === change.codes.join()) return;
    changes.push(change);
    if (changes.length > mostChanges) changes.shift();
    this.#byInstance.set(instance, changes);
  }
}

function codesOf({ code, warnings }: Pick<Finding, 'code' | 'warnings'>): readonly string[] {
  return [code, ...warnings];
}
