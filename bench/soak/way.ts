import { controllerGroup, cutController } from '../truth-network.ts';
import { isInOwnNetwork } from '../../test/live/own-network.ts';
import { Strait } from './strait.ts';

/** How one controller reaches an etcd, while the others reach it as they do. */
export interface Way {
  readonly endpoints: readonly string[];
  /** The group of the process that goes this way; null for any. */
  readonly group: number | null;
  /** From now on nothing of what it says arrives, and nobody tells it so. */
  cut(): void;
  /** Nothing is left of it. */
  end(): void;
}

/** By a rule of the network where we have one of our own, through a proxy where not. */
export async function wayTo(endpoints: readonly string[]): Promise<Way> {
  return isInOwnNetwork ? wayByRule(endpoints) : wayByStrait(endpoints);
}

function wayByRule(endpoints: readonly string[]): Way {
  const port = Number(new URL(endpoints[0] ?? '').port);
  let mend = () => {};
  return {
    endpoints,
    group: controllerGroup,
    cut: () => (mend = cutController(port, 'drop')),
    end: () => mend(),
  };
}

async function wayByStrait(endpoints: readonly string[]): Promise<Way> {
  const strait = await Strait.to(endpoints);
  return {
    endpoints: strait.endpoints,
    group: null,
    cut: () => strait.close(),
    end: () => strait.end(),
  };
}
