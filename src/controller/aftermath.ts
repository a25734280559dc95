import { actingNames, aftereffectOf, hasSucceeded } from '../../workflows/acting.ts';
import { RecoveryOutcome } from '../../workflows/recovery.ts';
import type { Finding } from '../analysis/finding.ts';
import { type End, interrupted } from '../engine/drive.ts';
import type { Journal, Opening } from '../engine/ports.ts';
import { keepCircumstances } from '../steps/circumstances.ts';
import { aboutOf } from '../steps/past-run.ts';
import type { StepWorld } from '../steps/step-world.ts';
import type { Clock } from '../kernel/clock.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { isCheckValid, isDowntimed } from '../topology/snapshot.ts';
import type { CancelledFailures } from './cancelled-failures.ts';
import type { LiveInventory } from './inventory.ts';
import { isPersons, lostInRecovery } from '../topology/lost.ts';

/**
 * What is remembered after a recovery has ended. It may be done twice, and an earlier life of the
 * controller may not have lived to do it at all.
 */
export class Aftermath {
  readonly #inventory: LiveInventory;
  readonly #journal: Journal;
  readonly #world: StepWorld;
  readonly #clock: Clock;
  readonly #forgive: (instance: InstanceKey) => Promise<void>;
  readonly #cancelled: CancelledFailures;

  constructor(options: {
    inventory: LiveInventory;
    world: StepWorld;
    clock: Clock;
    cancelled: CancelledFailures;
    /** A failure that was recovered from may be announced afresh the next time. */
    forgive: (instance: InstanceKey) => Promise<void>;
  }) {
    this.#inventory = options.inventory;
    this.#journal = options.world.journal;
    this.#world = options.world;
    this.#clock = options.clock;
    this.#forgive = options.forgive;
    this.#cancelled = options.cancelled;
  }

  /** Does it for the last recovery of each cluster, where it was left undone. */
  async catchUp(): Promise<void> {
    for (const { id } of this.#inventory.clusters) {
      const [last] = await this.#journal.list({ workflow: actingNames, subject: id, limit: 1 });
      if (last !== undefined && last.end !== null && last.acknowledged === null)
        await this.follow(last.opening, last.end);
    }
  }

  async follow(opening: Opening, { state, sentence, output }: End): Promise<void> {
    const { finding } = opening.input as { finding: Finding };
    const now = this.#clock.now();
    const changedPrimary = hasSucceeded(state);
    if (changedPrimary || RecoveryOutcome.safeParse(output).data?.successful === true) {
      const failed = this.#inventory.find(finding.instance);
      const isTaken = failed?.downtime != null && isPersons(failed.downtime) && isDowntimed(failed, now);
      // An intermediate source whose replicas have another is found again when it fails again (orchestrator 3.2.6, section 3.6).
      if (changedPrimary && failed !== null && !isCheckValid(failed) && !isTaken)
        this.#inventory.setDowntime(failed.key, lostInRecovery(now));
      await this.#forgive(finding.instance);
    }
    if (aftereffectOf(opening.workflow, { state, output }) === 'refrains')
      await this.#cancelled.keep(finding, opening.uid);
    // Nothing came of it, so nothing keeps the cluster from being recovered a moment later.
    if (state === 'notNeeded' || (state === interrupted && !(await this.#wasPromoting(opening.uid)))) {
      await this.#journal.acknowledge(opening.uid, 'baton', sentence, now);
    }
  }

  /** Keeps how things stand now that an attempt has come to its end, when every server was looked at again. */
  async remember({ uid, subject, input }: Opening): Promise<void> {
    const { failed } = aboutOf(input);
    if (failed !== null) await keepCircumstances(this.#world, { uid, clusterId: subject, failed });
  }

  /** Whether any server may take writes because of a run. */
  async #wasPromoting(uid: string): Promise<boolean> {
    const run = await this.#journal.read(uid);
    return run === null || run.records.some((record) => record.kind === 'act' && record.verb === 'promote');
  }
}
