import { type InstanceKey, portOf } from '../../src/kernel/instance-key.ts';
import { isRecovered, recovery } from '../../workflows/recovery.ts';
import type { Workflow } from '../../workflows/step.ts';
import { answered, asked, ordered, ordering, type Point } from './points.ts';
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
  readonly provoke: (stage: Stage) => Promise<void>;
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
  provoke: async (stage) => stage.sandbox.kill(portOf(stage.primary)),
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

export const kinds = { 'dead primary': deadPrimary } as const satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;

function successorOf(value: unknown): InstanceKey | null {
  return (value as { successor?: InstanceKey }).successor ?? null;
}
