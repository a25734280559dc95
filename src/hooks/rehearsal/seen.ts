import type { HookClass, HookOutcome, HookStage, StagedHook } from '../../engine/record.ts';

/** A hook's place in its configuration, and the hook. */
export interface RehearsedHook {
  readonly stage: HookStage;
  /** Of the hook in its stage, from 0. */
  readonly index: number;
  readonly of: number;
  readonly hook: StagedHook;
}

/** A process that a hook started and that outlives it. */
export interface LeftProcess {
  readonly pid: number;
  /** Its command line. */
  readonly command: string;
}

/** What came of running a hook once. */
export interface SeenRun {
  readonly outcome: HookOutcome;
  readonly class: HookClass;
  /** What did not go when it was told to, and had to be killed. */
  readonly killed: readonly LeftProcess[];
  /** What it left running. */
  readonly left: readonly LeftProcess[];
}

/** All that was seen of a hook; null for what was not tried. */
export interface Seen {
  readonly plain: SeenRun;
  /** A further run, as after the death of a controller. */
  readonly again: SeenRun | null;
  /** A run that was told to end on its way. */
  readonly stopped: SeenRun | null;
}
