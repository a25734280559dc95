import { actingNames, orchestratorRecovery } from '../../workflows/acting.ts';
import { rejoin } from '../../workflows/rejoin.ts';
import { reshaping } from '../../workflows/reshaping.ts';

/**
 * By name, the workflows whose runs change a cluster: what recovers and takes over, what people do to one that works,
 * how a replaced primary came to follow its successor, and what orchestrator did before Baton came.
 */
export const changingNames: readonly string[] = [
  ...actingNames,
  reshaping.name,
  rejoin.name,
  orchestratorRecovery,
];
