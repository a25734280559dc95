import { appendFileSync } from 'node:fs';
import type { HookBody, HookOutcome } from '../../engine/record.ts';
import type { HookRunner } from '../../hooks/runner.ts';
import type { Call, Profile, Told } from '../../protocols/keepalived/index.ts';
import type { RunAs } from './script-owners.ts';

/** What is written of each run: before it starts, and after it ended. */
export type LedgerLine = { readonly at: string; readonly run: string; readonly node: string } & (
  | { readonly begins: string; readonly argv: readonly string[]; readonly told: Told }
  | ({ readonly ended: HookOutcome['ended'] } & Pick<
      HookOutcome,
      'exitCode' | 'signal' | 'tookMs' | 'output'
    >)
);

export interface CallWorld {
  readonly runner: HookRunner;
  /** After how long a script is ended; keepalived never ends one. */
  readonly timeoutMs: number;
  /** Appended to, a line of JSON each; null for none. */
  readonly ledger: string | null;
  readonly now: () => string;
  /** How each ended. */
  readonly ended: (node: string, call: Call, outcome: HookOutcome) => void;
}

/**
 * Runs the scripts that instances call: those of one instance, or of one sync group with its members, strictly one after
 * the other in the order in which they are called, which is more than keepalived does.
 */
export class CallQueues {
  readonly #world: CallWorld;
  readonly #tails = new Map<string, Promise<void>>();
  #count = 0;

  constructor(world: CallWorld) {
    this.#world = world;
  }

  /** `queue` is the sync group's name, or the instance's where it is in none. */
  add(called: Called): void {
    const { node, queue, calls } = called;
    const key = `${node}/${queue}`;
    for (const call of calls) {
      const before = this.#tails.get(key) ?? Promise.resolve();
      this.#tails.set(
        key,
        before.then(() => this.#run(called, call)),
      );
    }
  }

  /** Resolves when all that was called has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#tails.values());
  }

  async #run({ node, profile, told, runAs }: Called, call: Call): Promise<void> {
    const { runner, timeoutMs, ended } = this.#world;
    this.#count += 1;
    const run = `${node}/${this.#count}`;
    this.#write({ run, node, begins: call.keyword, argv: call.argv, told });
    const outcome = await runner.run(
      {
        key: run,
        body: bodyOf(profile, call, runAs(call.command)),
        variables: {},
        document: null,
        timeoutMs,
        detached: false,
      },
      new AbortController().signal,
    );
    const { exitCode, signal, tookMs, output } = outcome;
    this.#write({ run, node, ended: outcome.ended, exitCode, signal, tookMs, output });
    runner.known(run);
    ended(node, call, outcome);
  }

  #write(line: object): void {
    const { ledger, now } = this.#world;
    if (ledger !== null)
      appendFileSync(ledger, `${JSON.stringify({ at: now(), ...line })}\n`, { mode: 0o600 });
  }
}

interface Called {
  readonly node: string;
  readonly queue: string;
  readonly profile: Profile;
  readonly told: Told;
  readonly calls: readonly Call[];
  readonly runAs: RunAs;
}

/** keepalived 1.2 hands all but `notify` to a shell, as it is written; 2.x none. */
function bodyOf(profile: Profile, { keyword, command, argv }: Call, before: readonly string[]): HookBody {
  if (profile === '2.x' || keyword === 'notify') return { kind: 'exec', argv: [...before, ...argv] };
  if (before.length === 0) return { kind: 'shell', script: command.text };
  return { kind: 'exec', argv: [...before, '/bin/sh', '-c', command.text] };
}
