import type { Config } from '../config/keys.ts';
import type { Fact } from '../journal/archive.ts';
import { memoryJournal } from '../journal/memory.ts';
import { leadingAlone, noColleagues } from '../leadership/alone.ts';
import { noSignals } from '../signals/none.ts';
import { portsOfConfig } from './controller.ts';
import type { ReadinessReport } from './counsel-reports.ts';
import { filesBeside } from './evidence.ts';
import { hooksOfConfig } from './hooks-of-config.ts';
import { observe } from './observing.ts';
import { systemChance, systemClock } from './system.ts';
import type { InstanceKey } from '../kernel/instance-key.ts';

/** What a controller of this configuration would see now. */
export interface Overview {
  readonly keys: readonly InstanceKey[];
  readonly readiness: readonly ReadinessReport[];
}

/**
 * Looks around once with a controller's own parts, where none runs. It acts on nothing and writes nothing: `facts`, what
 * a stopped controller has kept, are in memory only. Throws what observe throws.
 */
export async function lookAround(config: Config, facts: readonly Fact[]): Promise<Overview> {
  const journal = memoryJournal();
  for (const { room, name, value } of facts) await journal.keep(room, name, value);
  const leaving = new AbortController();
  const hooks = hooksOfConfig(config, { runner: nobodyRuns, clock: systemClock });
  const ports = {
    ...portsOfConfig(config, hooks, () => {}),
    journal,
    leadership: leadingAlone(journal, { name: '', since: 0 }),
    colleagues: noColleagues,
    signals: noSignals,
    teller: { tell: () => {}, warn: () => {} },
    meter: { ended: () => {} },
    clock: systemClock,
    chance: systemChance,
    hostname: '',
    evidence: filesBeside(config.StateFile),
    publisher: null,
  };
  const lease = { token: 0, remainingMs: () => 0 };
  try {
    const observing = await observe(ports, { journal, lease, signal: leaving.signal });
    const { inventory, counsel } = observing;
    const seen = { keys: inventory.keys, readiness: counsel.readiness(null) };
    await observing.stop();
    return seen;
  } finally {
    leaving.abort(new Error('the look around is done'));
  }
}

/** Whoever only looks runs no hook. */
const nobodyRuns = {
  run: () => Promise.reject(new Error('no hook is run by a look around')),
  outcomeOf: async () => null,
  known: () => {},
};
