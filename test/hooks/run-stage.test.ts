import { describe, expect, it } from 'vitest';
import type { HookOutcome } from '../../src/engine/record.ts';
import { rehearsalFacts } from '../../src/hooks/rehearsal/facts.ts';
import { runStage, type StageRun } from '../../src/hooks/run-stage.ts';
import type { HookRun } from '../../src/hooks/runner.ts';

const stage = 'PreFailoverProcesses';
const facts = rehearsalFacts(stage);

/** Runs a stage of pretended hooks: `exit 3` exits 3, and `hang` never ends but by an abort. */
async function run(hooks: StageRun['hooks'], more: Partial<StageRun> = {}) {
  const runs: HookRun[] = [];
  const runner = {
    async run(one: HookRun, signal: AbortSignal): Promise<HookOutcome> {
      runs.push(one);
      const script = one.body.kind === 'shell' ? one.body.script : '';
      const [, code = '0'] = /exit (\d+)/.exec(script) ?? [];
      if (script.includes('hang'))
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return {
        ended: 'exited',
        exitCode: Number(code),
        signal: null,
        tookMs: 1,
        output: script,
        because: null,
      };
    },
    outcomeOf: async () => null,
    known: () => {},
  };
  return { ran: await runStage({ stage, facts, hooks, runner, ...more }), runs };
}

describe('a stage that is run for its own sake', () => {
  it('says what came of each hook, in order', async () => {
    const { ran } = await run(['echo {failedHost}', { Exec: ['true'] }]);
    expect(ran).toMatchObject({ ran: 2, veto: null });
    expect(ran.runs).toMatchObject([
      {
        index: 0,
        attempt: 1,
        command: 'echo {failedHost}',
        class: 'ok',
        outcome: { output: 'echo db1.example' },
      },
      { index: 1, command: 'true', class: 'ok' },
    ]);
  });

  it('ends with a veto where a recovery would', async () => {
    const { ran, runs } = await run(['exit 3', 'exit 0']);
    expect(ran).toMatchObject({ ran: 1, veto: expect.stringContaining('hook 1 of 2 exited 3') });
    expect(runs).toHaveLength(1);
  });

  it('takes settings in place of the defaults', async () => {
    const { runs } = await run(['true'], { settings: { timeoutSeconds: 7 } });
    expect(runs[0]?.timeoutMs).toBe(7_000);
  });

  it('waits for hooks in the background too', async () => {
    const { ran } = await run(['exit 4 &', 'true']);
    expect(ran.runs).toMatchObject([
      { index: 0, outcome: { exitCode: 4 } },
      { index: 1, outcome: { exitCode: 0 } },
    ]);
  });

  it('rejects when it is called off, and waits no longer for what is in the background', async () => {
    const leaving = new AbortController();
    const said = (sentence: string) => {
      if (sentence.includes('hook 2 of 2 exited')) leaving.abort(new Error('called off by ann'));
    };
    const teller = { tell: said, warn: said };
    const called = run(['hang &', 'true'], { signal: leaving.signal, teller });
    await expect(called).rejects.toThrow('called off by ann');
  });

  it('refuses hooks that no configuration may have', async () => {
    await expect(run([' '])).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/^PreFailoverProcesses cannot be run:\n.*is an empty command/),
    });
  });
});
