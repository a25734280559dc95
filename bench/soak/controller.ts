import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JournalRecord } from '../../src/engine/record.ts';
import { builtTwin } from '../../src/process/built.ts';

/** What a staged controller tells of: a run that was opened, or a record of one. */
export interface Told {
  readonly number: number;
  readonly uid: string;
  /** Null for a record: the run's opening has named it. */
  readonly workflow: string | null;
  /** Null for an opening. */
  readonly record: JournalRecord | null;
}

/** A record, the run it belongs to, and that run's workflow. */
export interface Happened {
  readonly uid: string;
  readonly workflow: string;
  /** Null for the opening of the run. */
  readonly record: JournalRecord | null;
}

/**
 * One journal's controller, in a process of its own, that waits after each record until `heard` has resolved; it may be killed
 * there and started again.
 */
export class StagedController {
  readonly #files: { readonly config: string; readonly log: string };
  readonly #heard: (happened: Happened) => Promise<void>;
  readonly #workflows = new Map<string, string>();
  #child: ChildProcess | null = null;

  constructor(
    files: { readonly config: string; readonly log: string },
    heard: (happened: Happened) => Promise<void>,
  ) {
    this.#files = files;
    this.#heard = heard;
  }

  async start(): Promise<void> {
    const log = await open(this.#files.log, 'a', 0o600);
    const program = fileURLToPath(builtTwin(new URL('./staged-controller.ts', import.meta.url).href));
    const child = fork(program, [this.#files.config], {
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      execArgv: [],
    });
    this.#child = child;
    await log.close();
    child.on('message', (told: Told) => void this.#take(child, told));
    // What was to be said to one that is gone.
    child.on('error', () => {});
  }

  isAlive(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isAlive()) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async #take(child: ChildProcess, { uid, workflow, record, number }: Told): Promise<void> {
    if (workflow !== null) this.#workflows.set(uid, workflow);
    await this.#heard({ uid, workflow: this.#workflows.get(uid) ?? '', record });
    if (child.connected) child.send(number, () => {});
  }
}
