import { type InstanceKey, portOf } from '../../src/kernel/instance-key.ts';
import type { Daemon } from '../../src/cli/daemon.ts';
import { dialects } from '../../src/sandbox/dialect.ts';
import { mending } from '../../workflows/mending.ts';
import { isRecovered, recovery } from '../../workflows/recovery.ts';
import type { Workflow } from '../../workflows/step.ts';
import { answered, asked, feeding, ordered, ordering, type Point } from './points.ts';
import { rejoin } from './rejoin.ts';
import { relocation } from '../../workflows/relocation.ts';
import { isTakenOver, takeover } from '../../workflows/takeover.ts';
import type { Stage } from './stage.ts';

/** What may go wrong while Baton is at it. */
export const troubles = [
  'all well',
  'a pre-hook vetoes',
  'the candidate dies',
  'a replica dies',
  'the controller is killed',
  'the old primary comes back writable',
] as const;
export type TroubleName = (typeof troubles)[number];

export const moments = ['early', 'middle', 'late'] as const;
export type Moment = (typeof moments)[number];

/** How a run ended: the machine's end, and its output. */
export interface End {
  readonly state: string;
  readonly output: unknown;
}

/** One way in which a cluster loses its primary, or parts with it, and what may come of it. */
export interface Kind {
  readonly workflow: Workflow;
  /** From the topology as it is made, all from the first, to the one that this is about. */
  readonly arrange: (stage: Stage) => Promise<void>;
  readonly provoke: (stage: Stage, daemon: Daemon) => Promise<unknown>;
  /** What a person does where nothing came of it, besides bringing back the dead. */
  readonly redress?: (stage: Stage) => Promise<unknown>;
  /** How the old primary comes to take writes again. */
  readonly comeBack: (stage: Stage) => Promise<unknown>;
  /** Who has no part in the cluster in the end, where the run came to something. */
  readonly apart: (stage: Stage) => readonly InstanceKey[];
  /** The primary where the run with this end came to something; null where all is as it was. */
  readonly primaryAfter: (end: End, stage: Stage) => InstanceKey | null;
  readonly ends: Readonly<Record<TroubleName, readonly string[]>>;
  /** When each trouble strikes; null for one that strikes by the configuration. */
  readonly strikes: Readonly<Record<TroubleName, Readonly<Record<Moment, Point | null>>>>;
}

const never = { early: null, middle: null, late: null };

/** The primary answers, and a person wants another in its place all the same. */
const forced = (): Kind => ({
  ...deadPrimary,
  provoke: (stage, daemon) => daemon.post(`/baton/v1/clusters/${stage.primary}/force-failover`, soak),
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
      middle: null,
      late: asked('postFailoverHooks'),
    },
  },
});

const deadPrimary: Kind = {
  workflow: recovery,
  arrange: async () => {},
  provoke: (stage) => stage.sandbox.kill(portOf(stage.primary)),
  comeBack: (stage) => stage.sandbox.restart(portOf(stage.primary)),
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
};

function plannedTakeover(wish: (stage: Stage) => object): Kind {
  return {
    workflow: takeover,
    arrange: async () => {},
    provoke: (stage, daemon) =>
      daemon.post(`/baton/v1/clusters/${stage.primary}/takeover`, { ...soak, ...wish(stage) }),
    comeBack: (stage) => stage.sql(stage.primary, 'SET GLOBAL read_only = 0'),
    apart: () => [],
    primaryAfter: ({ state, output }) => (isTakenOver(state) ? successorOf(output) : null),
    ends: {
      'all well': ['takenOver'],
      'a pre-hook vetoes': ['putBack'],
      // One that was told to take writes and cannot be asked keeps the old primary from taking them again.
      'the candidate dies': ['refused', 'putBack', 'failed', 'takenOver'],
      // One that is dead cannot be put back.
      'a replica dies': ['refused', 'putBack', 'failed', 'takenOver'],
      'the controller is killed': ['takenOver'],
      'the old primary comes back writable': ['putBack', 'takenOver'],
    },
    strikes: {
      'all well': never,
      'a pre-hook vetoes': never,
      'the candidate dies': {
        early: answered('check', successorOf),
        middle: ordering('promote'),
        late: ordered('promote'),
      },
      'a replica dies': {
        early: ordering('stopReceiving'),
        middle: ordering('follow'),
        late: ordered('follow'),
      },
      'the controller is killed': {
        early: ordering('follow'),
        middle: ordered('setReadOnly'),
        late: asked('repoint'),
      },
      'the old primary comes back writable': { early: asked('promote'), middle: null, late: null },
    },
  };
}

/** The first replica feeds the last one. It dies, and the other replica of the primary, which goes on, feeds that. */
const deadIntermediate: Kind = {
  workflow: relocation,
  arrange: async (stage) => {
    const [, middle = stage.primary, , leaf = stage.primary] = stage.keys;
    await rejoin(stage, leaf, middle);
  },
  provoke: (stage) => stage.sandbox.kill(portOf(stage.keys[1] ?? stage.primary)),
  comeBack: async () => {},
  apart: (stage) => stage.keys.slice(1, 2),
  primaryAfter: ({ state }, stage) => (state.startsWith('relocated') ? stage.primary : null),
  ends: {
    'all well': ['relocated'],
    'a pre-hook vetoes': ['vetoed'],
    'the candidate dies': ['relocated', 'relocatedInPart', 'failed'],
    'a replica dies': ['relocatedInPart', 'failed', 'notNeeded'],
    'the controller is killed': ['relocated'],
    'the old primary comes back writable': [],
  },
  strikes: {
    'all well': never,
    'a pre-hook vetoes': never,
    'the candidate dies': {
      early: answered('choose', successorOf),
      middle: feeding(ordering('follow')),
      late: feeding(ordered('follow')),
    },
    'a replica dies': {
      early: answered('choose', lastMoved),
      middle: ordering('follow'),
      late: ordered('follow'),
    },
    'the controller is killed': {
      early: asked('preFailoverHooks'),
      middle: ordering('follow'),
      late: asked('postIntermediateHooks'),
    },
    'the old primary comes back writable': never,
  },
};

/** The primary lives and is mended where it stands; of semi-sync no hook is asked before. */
function mended(
  provoke: Kind['provoke'],
  redress: (stage: Stage) => Promise<unknown>,
  { asksHooks }: { asksHooks: boolean },
): Kind {
  return {
    workflow: mending,
    arrange: async () => {},
    provoke,
    redress,
    comeBack: async () => {},
    apart: () => [],
    primaryAfter: ({ state }, stage) => (state.startsWith('mended') ? stage.primary : null),
    ends: {
      'all well': ['mended'],
      'a pre-hook vetoes': asksHooks ? ['vetoed'] : [],
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
  };
}

const replicasAcknowledge = async (stage: Stage, willThey: 'ON' | 'OFF') => {
  for (const replica of stage.keys.slice(1)) {
    await stage.sql(replica, `SET GLOBAL ${dialects[stage.flavour].semiSyncReplica}=${willThey}`);
    await stage.replication(replica, 'STOP', 'IO_THREAD');
    await stage.replication(replica, 'START', 'IO_THREAD');
  }
};

const soak = { by: 'the soak', why: 'it is its turn' };

export const kinds = {
  'dead primary': deadPrimary,
  'force failover': forced(),
  takeover: plannedTakeover((stage) => ({ to: stage.keys[1] })),
  'takeover, Baton chooses': plannedTakeover(() => ({ auto: true })),
  'dead intermediate': deadIntermediate,
  'read-only primary': mended(
    (stage) => stage.sql(stage.primary, 'SET GLOBAL read_only = 1'),
    (stage) => stage.sql(stage.primary, 'SET GLOBAL read_only = 0'),
    { asksHooks: true },
  ),
  'locked semi-sync': mended(
    (stage) => replicasAcknowledge(stage, 'OFF'),
    (stage) => replicasAcknowledge(stage, 'ON'),
    { asksHooks: false },
  ),
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;

function successorOf(value: unknown): InstanceKey | null {
  return (value as { successor?: InstanceKey }).successor ?? null;
}

/** The last of those that shall move. */
function lastMoved(value: unknown): InstanceKey | null {
  return (value as { moves?: readonly { instance: InstanceKey }[] }).moves?.at(-1)?.instance ?? null;
}
