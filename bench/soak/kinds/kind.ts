import type { Daemon } from '../../../src/cli/daemon.ts';
import type { InstanceKey } from '../../../src/kernel/instance-key.ts';
import type { Flavour } from '../../../src/sandbox/server-package.ts';
import type { Workflow } from '../../../workflows/step.ts';
import type { Point } from '../points.ts';
import type { Stage } from '../stage.ts';

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

/** What leads a run to a step that it does not come to by itself, and how it ends then. */
export interface Detour {
  readonly config: Readonly<Record<string, unknown>>;
  readonly ends: readonly string[];
}

/** One way in which a cluster loses its primary, or parts with it, and what may come of it. */
export interface Kind {
  readonly workflow: Workflow;
  readonly flavours: readonly Flavour[];
  /** What the controller is told besides what it is told in each cell. */
  readonly config: (stage: Stage) => Readonly<Record<string, unknown>>;
  /** From the topology as it is made, all from the first, to the one that this is about. */
  readonly arrange: (stage: Stage) => Promise<void>;
  readonly provoke: (stage: Stage, daemon: Daemon) => Promise<unknown>;
  /** What else befalls a cluster where the run has come to something, before it is looked at. */
  readonly afterwards: (stage: Stage) => Promise<unknown>;
  /** What a person does where nothing came of it, when the dead are back. */
  readonly redress: (stage: Stage) => Promise<unknown>;
  /** How the old primary comes to take writes again. */
  readonly comeBack: (stage: Stage) => Promise<unknown>;
  /** Who has no part in the cluster in the end, where the run came to something. */
  readonly apart: (stage: Stage) => readonly InstanceKey[];
  /** The primary where the run with this end came to something; null where all is as it was. */
  readonly primaryAfter: (end: End, stage: Stage) => InstanceKey | null;
  /** Empty for a trouble that this kind does not have. */
  readonly ends: Readonly<Record<TroubleName, readonly string[]>>;
  /** When each trouble strikes; null for one that strikes by the configuration. */
  readonly strikes: Readonly<Record<TroubleName, Readonly<Record<Moment, Point | null>>>>;
  /** Steps in which the controller is killed on a detour; null for those that no run of this kind can be led to. */
  readonly detours: Readonly<Record<string, Detour | null>>;
}

export const never = { early: null, middle: null, late: null };
export const vetoing = { PreFailoverProcesses: ['exit 3'] };
export const asker = { by: 'the soak', why: 'it is its turn' };
export const nothing = async () => {};

export function successorOf(value: unknown): InstanceKey | null {
  return (value as { successor?: InstanceKey }).successor ?? null;
}
