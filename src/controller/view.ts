import type { Config } from '../config/keys.ts';
import type { Journal } from '../engine/ports.ts';
import type { StepSettings } from '../steps/step-world.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LiveInventory } from './inventory.ts';
import type { Part } from './part.ts';

/** What whoever shows a controller in the words of another system may read of it; nothing can be changed by it. */
export interface View {
  readonly config: Config;
  readonly settings: StepSettings;
  readonly inventory: Pick<
    LiveInventory,
    'instances' | 'find' | 'members' | 'primaryOf' | 'replicasOf' | 'clusterOf' | 'clusters' | 'cluster'
  >;
  readonly journal: Pick<Journal, 'list' | 'read' | 'kept'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function viewOf({ config, observing }: Part, clock: Clock): View {
  const { inventory, world } = observing;
  const { settings, journal } = world;
  return { config, settings, inventory, journal, now: () => clock.now() };
}
