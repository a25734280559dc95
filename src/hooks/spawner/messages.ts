import type { HookOutcome } from '../../engine/record.ts';
import type { HookRun } from '../runner.ts';
import type { RequestSecrets } from './secret.ts';

/** What the spawner is started with, besides the folder of its life. Nothing in it is secret. */
export interface SpawnerSettings {
  /** The folder that all lives share. */
  readonly directory: string;
  /** ProcessesShellCommand: one program, no arguments. */
  readonly shell: string;
  readonly outputLimitBytes: number;
}

/** A run on its way to the spawner. */
export interface RunRequest {
  readonly kind: 'run';
  readonly run: HookRun;
  /** It travels in this message and is written nowhere. */
  readonly secrets: RequestSecrets;
  /** Somebody wants to hear what the hook says while it runs. */
  readonly isHeard: boolean;
}

/** From the controller to its spawner. */
export type Request =
  | RunRequest
  | { readonly kind: 'stop'; readonly key: string; readonly because: string }
  /** The journal has how it ended. */
  | { readonly kind: 'known'; readonly key: string };

/** From the spawner. */
export type Reply =
  | { readonly kind: 'said'; readonly key: string; readonly text: string }
  | { readonly kind: 'ended'; readonly key: string; readonly outcome: HookOutcome };
