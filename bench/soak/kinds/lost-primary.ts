import { portOf } from '../../../src/kernel/instance-key.ts';
import { isRecovered, recovery } from '../../../workflows/recovery.ts';
import { comesTrue } from '../patience.ts';
import { answered, asked, ordered, ordering } from '../points.ts';
import { follow, isReplicating } from '../rejoin.ts';
import { asker, type Kind, never, nothing, successorOf, vetoing } from './kind.ts';

export const deadPrimary: Kind = {
  workflow: recovery,
  flavours: ['mariadb', 'mysql'],
  config: () => ({}),
  arrange: nothing,
  provoke: (stage) => stage.sandbox.kill(portOf(stage.primary)),
  afterwards: nothing,
  redress: nothing,
  comeBack: (stage) => stage.restart(stage.primary),
  apart: (stage) => [stage.primary],
  primaryAfter: ({ state, output }) => (isRecovered(state) ? successorOf(output) : null),
  ends: {
    'all well': ['recovered'],
    'a pre-hook vetoes': ['vetoed'],
    // The one that died may be the only one that had the last writes: then nobody is promoted.
    'the candidate dies': ['recovered', 'failed'],
    // It may be the only one that acknowledged: then the cluster is held for a person.
    'a replica dies': ['recovered', 'failed'],
    'the controller is killed': ['recovered'],
    'the old primary comes back writable': ['recovered', 'notNeeded'],
  },
  strikes: {
    'all well': never,
    'a pre-hook vetoes': never,
    'the candidate dies': {
      early: answered('elect', successorOf),
      middle: ordering('promote'),
      late: ordered('promote'),
    },
    'a replica dies': {
      early: ordering('stopReceiving'),
      middle: ordering('follow'),
      late: ordered('follow'),
    },
    'the controller is killed': {
      early: asked('preFailoverHooks'),
      middle: ordering('promote'),
      late: asked('postPrimaryHooks'),
    },
    'the old primary comes back writable': {
      early: asked('gather'),
      middle: asked('repoint'),
      late: asked('postFailoverHooks'),
    },
  },
  detours: {
    // Only one that is continued verifies, only one whose candidate lacks something fetches, and nothing was rescued to restore.
    verify: null,
    fetch: null,
    restore: null,
    undo: { config: { PromotionIgnoreHostnameFilters: ['.'] }, ends: ['failed'] },
    postUnsuccessfulHooks: { config: vetoing, ends: ['vetoed'] },
  },
};

/** The primary answers, and a person wants another in its place all the same. */
export const forced: Kind = {
  ...deadPrimary,
  provoke: (stage, daemon) => daemon.post(`/baton/v1/clusters/${stage.primary}/force-failover`, asker),
  comeBack: (stage) => stage.sql(stage.primary, 'SET GLOBAL read_only = 0'),
  ends: {
    ...deadPrimary.ends,
    // It is there to take writes again.
    'the candidate dies': ['recovered', 'failed', 'notNeeded'],
    'the old primary comes back writable': ['recovered', 'failed', 'notNeeded'],
  },
  strikes: {
    ...deadPrimary.strikes,
    'the old primary comes back writable': {
      early: asked('elect'),
      middle: asked('repoint'),
      late: asked('postFailoverHooks'),
    },
  },
};

/** The primary and its first replica replicate from each other; the one that takes writes dies. */
export const deadCoPrimary: Kind = {
  ...deadPrimary,
  arrange: async (stage) => {
    const [primary, other = stage.primary] = [stage.primary, stage.keys[1]];
    await follow(stage, primary, other);
    if (!(await comesTrue(() => isReplicating(stage, primary, other), 10_000)))
      throw new Error(`${primary} does not replicate from ${other}`);
  },
};

/** Replicas go on by places in logs, and only one that has received just as much as the successor can follow it. */
export const deadWithoutGtid: Kind = {
  ...deadPrimary,
  arrange: (stage) => stage.giveUpGtid(),
};
