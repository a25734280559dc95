import { recovery, recoverySteps } from '../../workflows/recovery.ts';
import type { HookStage, JournalRecord } from '../engine/record.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';
import { moment } from './names.ts';
import type { World } from './world.ts';

/** For so long after a server can be reached again, Baton need not know it. */
const unawareMs = 150;
/** No run of a controller that stays up takes longer. */
const endsWithinMs = 60_000;

/** Looks over Baton's shoulder, and writes down each promise that it breaks. */
export class Auditor {
  readonly breaches: string[] = [];
  readonly #world: World;
  /** Questions that the journal answers later, about what was seen on the servers in the act. */
  readonly #open: Promise<void>[] = [];
  readonly #replaced = new Set<InstanceKey>();
  #changedAt = 0;

  constructor(world: World) {
    this.#world = world;
    world.fleet.onStatement((key, words) => this.#witness(key, words));
  }

  /** Something was done to the world that Baton cannot know of yet. */
  changed(): void {
    this.#changedAt = this.#world.clock.now();
  }

  /** What can only be seen when all is over: runs that never ended, hooks that ran too seldom or too often. */
  async close(): Promise<void> {
    const { journal } = this.#world;
    await Promise.all(this.#open);
    const latest = this.#world.clock.now() - endsWithinMs;
    for (const { uid, at } of await journal.unfinished())
      if (at < latest) this.breaches.push(`${uid} never ended`);
    for (const { opening, endedAt } of await journal.list({ limit: 10_000 })) {
      if (endedAt === null) continue;
      const run = await journal.read(opening.uid);
      this.#checkHooks(opening.uid, run?.records ?? []);
    }
    const keys = this.#world.hooks.started.map(({ key }) => key);
    if (new Set(keys).size < keys.length) this.breaches.push('a run of a hook was started twice');
  }

  #witness(key: InstanceKey, words: string): void {
    if (words === 'RESET SLAVE ALL') {
      this.#checkEvidence(key);
      const source = this.#world.fleet.server(key).replication?.source;
      if (source !== undefined) this.#replaced.add(source);
      this.#replaced.delete(key);
    }
    if (words === 'SET GLOBAL read_only = 0') this.#checkWriters(key);
  }

  /** P4: what any replica that was reached has received is on the one that is promoted. */
  #checkEvidence(key: InstanceKey): void {
    const { fleet, config, clock } = this.#world;
    const { cluster, executed } = fleet.server(key);
    // Once two have taken writes there is no one history left to compare.
    if (fleet.doubled.some(({ servers }) => servers.some((one) => fleet.server(one).cluster === cluster)))
      return;
    const at = moment(clock.now());
    const ahead = fleet.servers.flatMap((other) => {
      const { replication } = other;
      const isBarred = config.PromotionIgnoreHostnameFilters.some((one) => new RegExp(one).test(other.key));
      if (other.cluster !== cluster || isBarred || replication === null || replication.sqlError !== '')
        return [];
      const held = new Set([...other.executed, ...replication.relay.map(({ write }) => write.id)]);
      const more = fleet.acknowledged.filter(({ write }) => held.has(write.id) && !executed.has(write.id));
      return more.length === 0 ? [] : [{ key: other.key, count: more.length }];
    });
    if (ahead.length === 0) return;
    const question = this.#gatheredFor(key).then((gathered) => {
      for (const other of ahead.filter((one) => gathered.includes(one.key)))
        this.breaches.push(`${at}: ${key} is promoted without ${other.count} writes that ${other.key} has`);
    });
    this.#open.push(question);
  }

  /** The replicas that the recovery which promotes this one has reached at last. */
  async #gatheredFor(key: InstanceKey): Promise<readonly InstanceKey[]> {
    const { journal } = this.#world;
    for (const { uid, workflow } of await journal.unfinished()) {
      const records = (await journal.read(uid))?.records ?? [];
      const last = records.at(-1);
      if (workflow !== recovery.name || last?.kind !== 'act' || last.instance !== key) continue;
      const answer = records.findLast((one) => one.kind === 'answered' && one.step === 'gather');
      if (answer?.kind === 'answered' && answer.answer.kind === 'ok')
        return recoverySteps.gather.output.parse(answer.answer.value).gathered;
    }
    return [];
  }

  /** P3: nobody is let write while another that we could ask takes writes. */
  #checkWriters(key: InstanceKey): void {
    const { fleet, clock } = this.#world;
    if (clock.now() - this.#changedAt < unawareMs) return;
    for (const other of fleet.writable(fleet.server(key).cluster)) {
      // One that was replaced and came back by itself is no part of the cluster any more.
      const answers = ['answers', 'crowded'].includes(fleet.echo('baton', other));
      if (other !== key && !this.#replaced.has(other) && answers)
        this.breaches.push(
          `${moment(clock.now())}: ${key} is let write while ${other} takes writes and answers`,
        );
    }
  }

  /** P1 and P6: each hook of a stage that began ran, and none again whose outcome is on record. */
  #checkHooks(uid: string, records: readonly JournalRecord[]): void {
    for (const record of records) {
      if (record.kind !== 'stage') continue;
      for (const [index] of record.hooks.entries()) {
        const outcomes = outcomesOf(record.stage, index, records);
        if (outcomes.length === 0 && !isCutShort(record.stage, records))
          this.breaches.push(`${uid}: ${record.stage} hook ${index + 1} never ran`);
        if (outcomes.slice(0, -1).some((ended) => ended !== null && ended !== 'unknown'))
          this.breaches.push(
            `${uid}: ${record.stage} hook ${index + 1} ran again although its outcome is known`,
          );
      }
    }
  }
}

/** How each run of one hook ended, in order; null where that is not on record. */
function outcomesOf(
  stage: HookStage,
  index: number,
  records: readonly JournalRecord[],
): readonly (string | null)[] {
  return records.flatMap((record) => {
    if (record.kind !== 'hook' || record.stage !== stage || record.index !== index) return [];
    const end = records.find((one) => one.kind === 'hooked' && one.run === record.seq);
    return [end?.kind === 'hooked' ? end.outcome.ended : null];
  });
}

/** By the failure of an earlier hook; or because the failure itself was gone, which the hooks then heard. */
function isCutShort(stage: HookStage, records: readonly JournalRecord[]): boolean {
  return records.some((record) => {
    if (record.kind === 'stage')
      return stage === 'PreFailoverProcesses' && record.stage === 'PostUnsuccessfulFailoverProcesses';
    if (record.kind !== 'hooked') return false;
    const hook = records.find(({ seq }) => seq === record.run);
    return hook?.kind === 'hook' && hook.stage === stage && record.outcome.exitCode !== 0;
  });
}
