import { dialects } from '../../../src/sandbox/dialect.ts';
import { mending } from '../../../workflows/mending.ts';
import { asked } from '../points.ts';
import type { Stage } from '../stage.ts';
import { type Kind, never, nothing, vetoing } from './kind.ts';

/** The primary lives and is mended where it stands. */
const mended: Kind = {
  workflow: mending,
  flavours: ['mariadb', 'mysql'],
  config: () => ({}),
  arrange: nothing,
  provoke: nothing,
  afterwards: nothing,
  redress: nothing,
  comeBack: nothing,
  apart: () => [],
  primaryAfter: ({ state }, stage) => (state.startsWith('mended') ? stage.primary : null),
  ends: {
    'all well': ['mended'],
    'a pre-hook vetoes': [],
    'the candidate dies': [],
    'a replica dies': [],
    'the controller is killed': ['mended', 'notNeeded'],
    'the old primary comes back writable': [],
  },
  strikes: {
    'all well': never,
    'a pre-hook vetoes': never,
    'the candidate dies': never,
    'a replica dies': never,
    'the controller is killed': {
      early: asked('plan'),
      middle: asked('change'),
      late: asked('postFailoverHooks'),
    },
    'the old primary comes back writable': never,
  },
  // Of semi-sync no hook is asked before, and what is changed does not fail by itself.
  detours: { preFailoverHooks: null, undo: null, postUnsuccessfulHooks: null },
};

export const readOnlyPrimary: Kind = {
  ...mended,
  provoke: (stage) => stage.sql(stage.primary, 'SET GLOBAL read_only = 1'),
  redress: (stage) => stage.sql(stage.primary, 'SET GLOBAL read_only = 0'),
  ends: { ...mended.ends, 'a pre-hook vetoes': ['vetoed'] },
  detours: { undo: null, postUnsuccessfulHooks: { config: vetoing, ends: ['vetoed'] } },
};

/** No replica acknowledges any more, and every commit waits. */
export const lockedSemiSync: Kind = {
  ...mended,
  provoke: (stage) => acknowledging(stage, stage.keys.slice(1), 'OFF'),
  // A commit that waits hears of a replica's word only with the next one.
  afterwards: (stage) => stage.sql(stage.primary, "INSERT INTO shop.orders VALUES (-1, 'another')"),
  redress: (stage) => acknowledging(stage, stage.keys.slice(1), 'ON'),
};

/** More replicas acknowledge than the primary waits for, and the number shall be exact. MariaDB knows no number. */
export const overpopulatedSemiSync: Kind = {
  ...mended,
  flavours: ['mysql'],
  config: () => ({ EnforceExactSemiSyncReplicas: true }),
  arrange: (stage) => acknowledging(stage, stage.keys.slice(2), 'OFF'),
  provoke: (stage) => acknowledging(stage, stage.keys.slice(2), 'ON'),
};

async function acknowledging(stage: Stage, replicas: Stage['keys'], willThey: 'ON' | 'OFF'): Promise<void> {
  for (const replica of replicas) {
    await stage.sql(replica, `SET GLOBAL ${dialects[stage.flavour].semiSyncReplica}=${willThey}`);
    await stage.replication(replica, 'STOP', 'IO_THREAD');
    await stage.replication(replica, 'START', 'IO_THREAD');
  }
}
