import { z } from 'zod';
import type { Journal, Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { spoken } from '../../kernel/duration.ts';
import { BatonError } from '../../kernel/errors.ts';
import { asWritten, InstanceKey } from '../../kernel/instance-key.ts';
import { type PromotionRule, promotionRules } from '../../topology/snapshot.ts';
import type { Asker } from '../requests/requests.ts';
import type { Said } from './kept.ts';

const room = 'promotion-rules';
const Rule = z.enum(promotionRules);

/** A promotion rule that somebody has registered; `until` is milliseconds since 1970, null where it holds for good. */
const Registered = z.object({ rule: Rule, until: z.number().nullable() });
type Registered = z.infer<typeof Registered>;
/** What an import wrote is the rule alone. */
const Kept = z.union([Registered, Rule.transform((rule) => ({ rule, until: null }))]);

export interface CandidateReport {
  readonly instance: InstanceKey;
  readonly rule: PromotionRule;
  /** ISO 8601; null where it came with orchestrator's backend, and holds until another is registered. */
  readonly until: string | null;
}

/**
 * The promotion rules that were registered for instances (orchestrator 3.2.6, section 5.4: register-candidate). Each
 * holds for CandidateInstanceExpireMinutes, so it is registered again and again by whoever knows it, mostly the host itself.
 */
export class Candidates {
  #byInstance = new Map<InstanceKey, Registered>();
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #teller: Teller;
  readonly #said: Said;
  readonly #holdsMs: number;
  readonly #changed: (instance: InstanceKey) => void;

  constructor(options: {
    journal: Journal;
    clock: Clock;
    teller: Teller;
    said: Said;
    /** CandidateInstanceExpireMinutes. */
    holdsMs: number;
    /** Another rule holds for an instance. */
    changed: (instance: InstanceKey) => void;
  }) {
    this.#journal = options.journal;
    this.#clock = options.clock;
    this.#teller = options.teller;
    this.#said = options.said;
    this.#holdsMs = options.holdsMs;
    this.#changed = options.changed;
  }

  async load(): Promise<void> {
    const now = this.#clock.now();
    const before = this.#byInstance;
    this.#byInstance = new Map(
      [...(await this.#journal.kept(room))].flatMap(([name, value]) => {
        const key = InstanceKey.safeParse(name);
        const kept = Kept.safeParse(value);
        if (!key.success || !kept.success || isOver(kept.data, now)) return [];
        return [[key.data, kept.data] as const];
      }),
    );
    for (const key of new Set([...before.keys(), ...this.#byInstance.keys()]))
      if (before.get(key)?.rule !== this.#byInstance.get(key)?.rule) this.#changed(key);
  }

  /** Null where nobody has registered any, or its time is over. */
  ruleOf(instance: InstanceKey): PromotionRule | null {
    const kept = this.#byInstance.get(instance);
    return kept === undefined || isOver(kept, this.#clock.now()) ? null : kept.rule;
  }

  report(): readonly CandidateReport[] {
    const now = this.#clock.now();
    return [...this.#byInstance].flatMap(([instance, kept]) =>
      isOver(kept, now)
        ? []
        : [
            {
              instance,
              rule: kept.rule,
              until: kept.until === null ? null : new Date(kept.until).toISOString(),
            },
          ],
    );
  }

  /**
   * From now on for CandidateInstanceExpireMinutes. What is registered again unchanged lasts longer, and nobody is told.
   * Throws `request-refused` for `must`: one that must be promoted whatever it lacks would be promoted with data lost.
   */
  async register(instance: InstanceKey, text: string, asker: Asker): Promise<void> {
    const rule = Rule.safeParse(text).data;
    if (rule === undefined)
      throw new BatonError(
        'usage',
        `${asWritten(text)} is no promotion rule: prefer, neutral, prefer_not or must_not`,
      );
    if (rule === 'must')
      throw new BatonError(
        'request-refused',
        'nobody can be registered as "must": prefer is the most that is obeyed',
      );
    const until = this.#clock.now() + this.#holdsMs;
    if (this.ruleOf(instance) === rule) return this.#write(instance, { rule, until });
    const says = `${instance} is registered as ${rule} for ${spoken(this.#holdsMs)}.`;
    await this.#said({ type: 'register-candidate', instance, says }, asker, () =>
      this.#write(instance, { rule, until }),
    );
    this.#changed(instance);
  }

  /** Lets go of what is over. */
  lift(now: number): void {
    for (const [instance, kept] of this.#byInstance) {
      if (!isOver(kept, now)) continue;
      this.#byInstance.delete(instance);
      this.#teller.tell(`${instance} is registered as ${kept.rule} no more: nobody has said so again`, {
        instance,
      });
      this.#changed(instance);
      // One that is still in the journal at the next start is over then too.
      this.#journal.drop(room, instance).catch(() => {});
    }
  }

  /** A server is known by another of its addresses from now on. */
  async renamed(other: InstanceKey, name: InstanceKey): Promise<void> {
    const kept = this.#byInstance.get(other);
    if (kept === undefined) return;
    if (!this.#byInstance.has(name)) await this.#write(name, kept);
    await this.#journal.drop(room, other);
    this.#byInstance.delete(other);
    this.#changed(name);
  }

  async #write(instance: InstanceKey, kept: Registered): Promise<void> {
    await this.#journal.keep(room, instance, kept);
    this.#byInstance.set(instance, kept);
  }
}

function isOver({ until }: Registered, now: number): boolean {
  return until !== null && until <= now;
}
