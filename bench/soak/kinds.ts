import { type InstanceKey, portOf } from '../../src/kernel/instance-key.ts';
import type { Daemon } from '../../src/cli/daemon.ts';
import { isRecovered, recovery } from '../../workflows/recovery.ts';
import type { Workflow } from '../../workflows/step.ts';
import { answered, asked, ordered, ordering, type Point } from './points.ts';
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

/** One way in which a cluster loses its primary, or parts with it, and what may come of it. */
export interface Kind {
  readonly workflow: Workflow;
  /** From the topology as it is made, all from the first, to the one that this is about. */
  readonly arrange: (stage: Stage) => Promise<void>;
  readonly provoke: (stage: Stage, daemon: Daemon) => Promise<unknown>;
  /** How the old primary comes to take writes again. */
  readonly comeBack: (stage: Stage) => Promise<unknown>;
  /** Whether the old primary lives on, and follows the new one in the end. */
  readonly oldFollows: boolean;
  /** Whether the run with this end gave the cluster another primary. */
  readonly isChanged: (end: string) => boolean;
  readonly ends: Readonly<Record<TroubleName, readonly string[]>>;
  /** When each trouble strikes; null for one that strikes by the configuration. */
  readonly strikes: Readonly<Record<TroubleName, Readonly<Record<Moment, Point | null>>>>;
}

const never = { early: null, middle: null, late: null };

const deadPrimary: Kind = {
  workflow: recovery,
  arrange: async () => {},
  provoke: (stage) => stage.sandbox.kill(portOf(stage.primary)),
  comeBack: (stage) => stage.sandbox.restart(portOf(stage.primary)),
  oldFollows: false,
  isChanged: isRecovered,
  ends: {
    'all well': ['recovered'],
    'a pre-hook vetoes': ['vetoed'],
    // The one that died may be the only one that had the last writes: then nobody is promoted.
    'the candidate dies': ['recovered', 'failed'],
    'a replica dies': ['recovered'],
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
    // Later than this it stays writable for now: nothing makes it read-only yet.
    'the old primary comes back writable': { early: asked('gather'), middle: null, late: null },
  },
};

function plannedTakeover(wish: (stage: Stage) => object): Kind {
  return {
    workflow: takeover,
    arrange: async () => {},
    provoke: (stage, daemon) =>
      daemon.post(`/baton/v1/clusters/${stage.primary}/takeover`, { ...soak, ...wish(stage) }),
    comeBack: (stage) => stage.sql(stage.primary, 'SET GLOBAL read_only = 0'),
    oldFollows: true,
    isChanged: isTakenOver,
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

const soak = { by: 'the soak', why: 'it is its turn' };

export const kinds = {
  'dead primary': deadPrimary,
  takeover: plannedTakeover((stage) => ({ to: stage.keys[1] })),
  'takeover, Baton chooses': plannedTakeover(() => ({ auto: true })),
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;

function successorOf(value: unknown): InstanceKey | null {
  return (value as { successor?: InstanceKey }).successor ?? null;
}
