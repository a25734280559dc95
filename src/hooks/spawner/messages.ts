import type { HookOutcome } from '../../engine/record.ts';
import type { HookRun } from '../runner.ts';

/** What the spawner is started with, besides the folder of its life. */
export interface SpawnerSettings {
  /** The folder that all lives share. */
  readonly directory: string;
  /** ProcessesShellCommand: one program, no arguments. */
  readonly shell: string;
  readonly outputLimitBytes: number;
}

/** From the controller to its spawner. */
export type Request =
  | { readonly kind: 'run'; readonly run: HookRun }
  | { readonly kind: 'stop'; readonly key: string; readonly because: string };

/** From the spawner: the outcome has already been written to its file. */
export interface Reply {
  readonly key: string;
  readonly outcome: HookOutcome;
}
