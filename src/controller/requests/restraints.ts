import { z } from 'zod';
import type { Journal, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { spoken } from '../../kernel/duration.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Holds } from '../../steps/holds.ts';
import type { LiveInventory } from '../inventory.ts';
import type { Said } from '../kept/kept.ts';

/** What a person said, when and why; `at` and `until` are milliseconds since 1970. */
const Word = z.object({ who: z.string(), why: z.string(), at: z.number() });
type Word = z.infer<typeof Word>;
const Maintenance = Word.extend({ until: z.number() });
type Maintenance = z.infer<typeof Maintenance>;

const room = 'restraints';
const maintenanceRoom = 'maintenance';

/** What people have forbidden at this moment. */
export interface RestraintsReport {
  readonly disabled: Word | null;
  readonly downtimes: readonly {
    readonly instance: InstanceKey;
    readonly who: string;
    readonly why: string;
    readonly until: string;
  }[];
  readonly maintenance: readonly {
    readonly instance: InstanceKey;
    readonly who: string;
    readonly why: string;
    readonly since: string;
    readonly until: string;
  }[];
}

/**
 * What people have said that keeps Baton from acting: no recoveries at all, an instance in downtime (found and left
 * alone) or in maintenance (not even judged). It is in the journal, so it outlives the controller; what was said last
 * stands, and saying it twice changes nothing.
 */
export class Restraints implements Pick<Holds, 'disabledBecause' | 'maintenanceOf' | 'brakeReleasedAt'> {
  readonly #journal: Journal;
  readonly #inventory: LiveInventory;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #record: Said;
  readonly #maintenance = new Map<InstanceKey, Maintenance>();
  #disabled: Word | null = null;
  #released: Word | null = null;

  constructor(options: {
    journal: Journal;
    inventory: LiveInventory;
    clock: Clock;
    teller: Teller;
    /** Has it stand in the journal before it holds. */
    record: Said;
  }) {
    this.#journal = options.journal;
    this.#inventory = options.inventory;
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#record = options.record;
  }

  /** Takes in what was said in an earlier life of the controller; the inventory has been loaded. */
  async load(): Promise<void> {
    const kept = await this.#journal.kept(room);
    const wasDisabled = this.#disabled !== null;
    this.#disabled = Word.safeParse(kept.get('disabled')).data ?? null;
    this.#released = Word.safeParse(kept.get('brake')).data ?? null;
    for (const [name, value] of await this.#journal.kept(maintenanceRoom)) {
      const maintenance = Maintenance.safeParse(value).data;
      if (maintenance === undefined) continue;
      this.#maintenance.set(name as InstanceKey, maintenance);
      this.#inventory.setMaintenance(name as InstanceKey, true);
    }
    if (this.#disabled !== null && !wasDisabled)
      this.#teller.warn(`all recoveries are disabled: ${this.disabledBecause()}`, {});
  }

  disabledBecause(): string | null {
    return this.#disabled === null ? null : spokenWord(this.#disabled);
  }

  maintenanceOf(instance: InstanceKey): string | null {
    const maintenance = this.#maintenance.get(instance);
    return maintenance === undefined ? null : `${maintenance.who}: ${maintenance.why}`;
  }

  brakeReleasedAt(): number {
    return this.#released?.at ?? 0;
  }

  async disable(who: string, why: string): Promise<void> {
    const says = `${who} has disabled all recoveries: ${why}`;
    await this.#say({ type: 'disable-global-recoveries', says, who, why }, async () => {
      this.#disabled = await this.#keep('disabled', { who, why });
    });
    this.#teller.warn(says, {});
  }

  async enable(who: string, why: string): Promise<void> {
    const says = `${who} has enabled recoveries: ${why}`;
    await this.#say({ type: 'enable-global-recoveries', says, who, why }, async () => {
      await this.#journal.drop(room, 'disabled');
      this.#disabled = null;
    });
    this.#teller.tell(says, {});
  }

  async releaseBrake(who: string, why: string): Promise<void> {
    const says = `${who} has let the brake go: ${why}`;
    await this.#say({ type: 'release-brake', says, who, why }, async () => {
      this.#released = await this.#keep('brake', { who, why });
    });
    this.#teller.tell(says, {});
  }

  async beginDowntime(instance: InstanceKey, { who, why, forMs }: Saying): Promise<void> {
    const says = `${who} has put ${instance} in downtime for ${spoken(forMs)}: ${why}`;
    await this.#say({ type: 'begin-downtime', instance, says, who, why }, async () => {
      this.#inventory.setDowntime(instance, { owner: who, reason: why, until: this.#clock.now() + forMs });
      await this.#inventory.settled();
    });
    this.#teller.tell(says, { instance });
  }

  /** Throws `request-refused` where there is none. */
  async endDowntime(instance: InstanceKey, who: string): Promise<void> {
    if (this.#inventory.find(instance)?.downtime == null) throw nothingToEnd(instance, 'downtime');
    const says = `${who} has ended the downtime of ${instance}`;
    await this.#say({ type: 'end-downtime', instance, says, who }, async () => {
      this.#inventory.setDowntime(instance, null);
      await this.#inventory.settled();
    });
    this.#teller.tell(says, { instance });
  }

  async beginMaintenance(instance: InstanceKey, { who, why, forMs }: Saying): Promise<void> {
    const at = this.#clock.now();
    const maintenance = { who, why, at, until: at + forMs };
    const says = `${who} works on ${instance} for ${spoken(forMs)}: ${why}`;
    await this.#say({ type: 'begin-maintenance', instance, says, who, why }, async () => {
      await this.#journal.keep(maintenanceRoom, instance, maintenance);
      this.#maintenance.set(instance, maintenance);
      this.#inventory.setMaintenance(instance, true);
    });
    this.#teller.tell(says, { instance });
  }

  /** Throws `request-refused` where there is none. */
  async endMaintenance(instance: InstanceKey, who: string): Promise<void> {
    if (!this.#maintenance.has(instance)) throw nothingToEnd(instance, 'maintenance');
    const says = `${who} has ended the maintenance of ${instance}`;
    await this.#say({ type: 'end-maintenance', instance, says, who }, async () => {
      await this.#journal.drop(maintenanceRoom, instance);
      this.#maintenance.delete(instance);
      this.#inventory.setMaintenance(instance, false);
    });
    this.#teller.tell(says, { instance });
  }

  /** Ends the maintenance that is over. A downtime ends by its own date. */
  lift(now: number): void {
    for (const [instance, { until }] of this.#maintenance) {
      if (until > now) continue;
      this.#maintenance.delete(instance);
      this.#inventory.setMaintenance(instance, false);
      this.#teller.tell(`the maintenance of ${instance} is over`, { instance });
      // One that is still in the journal at the next start is over then too.
      this.#journal.drop(maintenanceRoom, instance).catch(() => {});
    }
  }

  report(): RestraintsReport {
    const date = (at: number) => new Date(at).toISOString();
    return {
      disabled: this.#disabled,
      downtimes: this.#inventory.instances.flatMap(({ key, downtime }) =>
        downtime === null
          ? []
          : [{ instance: key, who: downtime.owner, why: downtime.reason, until: date(downtime.until) }],
      ),
      maintenance: [...this.#maintenance].map(([instance, { who, why, at, until }]) => ({
        instance,
        who,
        why,
        since: date(at),
        until: date(until),
      })),
    };
  }

  /** Who ends something need not say why. */
  #say({ instance = null, why = 'it is over', ...word }: Spoken, change: () => Promise<void>): Promise<void> {
    return this.#record({ type: word.type, instance, says: word.says }, { by: word.who, why }, change);
  }

  async #keep(name: string, { who, why }: Pick<Word, 'who' | 'why'>): Promise<Word> {
    const word = { who, why, at: this.#clock.now() };
    await this.#journal.keep(room, name, word);
    return word;
  }
}

function nothingToEnd(instance: InstanceKey, kind: 'downtime' | 'maintenance'): BatonError {
  return new BatonError('request-refused', `${instance} is not in ${kind}, so there is none to end`);
}

interface Saying {
  readonly who: string;
  readonly why: string;
  readonly forMs: number;
}

interface Spoken {
  readonly type: string;
  readonly instance?: InstanceKey | null;
  readonly says: string;
  readonly who: string;
  readonly why?: string;
}

function spokenWord({ who, why, at }: Word): string {
  return `${who} said so at ${new Date(at).toISOString()}: ${why}`;
}
