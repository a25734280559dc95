import type { InstanceKey } from '../../src/kernel/instance-key.ts';

/** What one server said of itself once. Times are milliseconds since 1970. */
export interface Sample {
  readonly server: InstanceKey;
  readonly asked: number;
  readonly answered: number;
  /** Null where it said nothing. */
  readonly writable: boolean | null;
}

/** A time through which a server took writes, from the first answer that said so to the last question that was answered so. */
export interface Spell {
  readonly server: InstanceKey;
  readonly from: number;
  readonly to: number;
}

/** Two servers that took writes at once; `second` is the one that began later. */
export interface Overlap {
  readonly first: Spell;
  readonly second: Spell;
  readonly from: number;
  readonly to: number;
}

/** An order of Baton's after which a server takes writes, when it was written down. */
export interface Opened {
  readonly server: InstanceKey;
  readonly at: number;
}

/** The spells in samples of any servers, in the order in which they were asked. */
export function spellsOf(samples: readonly Sample[]): readonly Spell[] {
  const open = new Map<InstanceKey, Spell>();
  const ended: Spell[] = [];
  for (const { server, asked, answered, writable } of samples) {
    const spell = open.get(server);
    if (writable === true)
      open.set(
        server,
        spell === undefined ? { server, from: answered, to: answered } : { ...spell, to: asked },
      );
    else if (spell !== undefined) {
      ended.push(spell);
      open.delete(server);
    }
  }
  return [...ended, ...open.values()].toSorted((one, other) => one.from - other.from);
}

/** Every two spells of different servers that certainly have a moment in common. */
export function overlapsOf(spells: readonly Spell[]): readonly Overlap[] {
  return spells.flatMap((first, at) =>
    spells
      .slice(at + 1)
      .filter((second) => second.server !== first.server && second.from < first.to)
      .map((second) => ({ first, second, from: second.from, to: Math.min(first.to, second.to) })),
  );
}

/**
 * Whether it was Baton that made the second server writable while the first one was: it had ordered so when the
 * first one had already said that it takes writes, and before the second one did. Else the first, or whoever woke it,
 * came after the order.
 */
export function isByBaton({ first, second }: Overlap, opened: readonly Opened[]): boolean {
  return opened.some(({ server, at }) => server === second.server && at >= first.from && at <= second.from);
}
