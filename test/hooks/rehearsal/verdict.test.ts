import { describe, expect, it } from 'vitest';
import type { HookClass, HookOutcome, HookStage, StagedHook } from '../../../src/engine/record.ts';
import type { LeftProcess } from '../../../src/hooks/rehearsal/seen.ts';
import { verdictOf } from '../../../src/hooks/rehearsal/verdict.ts';
import { classOf } from '../../../src/hooks/sentence.ts';
import { outcome, stagedHook } from './pretended.ts';

interface Case {
  readonly stage?: HookStage;
  readonly hook?: Partial<StagedHook>;
  readonly plain?: Partial<HookOutcome>;
  readonly left?: readonly LeftProcess[];
}

function judged({ stage = 'PreFailoverProcesses', hook = {}, plain = {}, left = [] }: Case) {
  const staged = stagedHook(hook);
  const seen = outcome(plain);
  const is: HookClass = classOf(staged, seen);
  const run = { outcome: seen, class: is, killed: [], left };
  return verdictOf({ stage, index: 0, of: 1, hook: staged }, { plain: run, again: null, stopped: null });
}

function judgedStop(
  signal: string,
  { killed = [], left = [] }: { killed?: readonly LeftProcess[]; left?: readonly LeftProcess[] } = {},
) {
  const run = { outcome: outcome({ tookMs: 900 }), class: 'ok', killed: [], left: [] } as const;
  const ended = outcome({ ended: 'signalled', exitCode: null, signal });
  return verdictOf(
    { stage: 'PreFailoverProcesses', index: 0, of: 1, hook: stagedHook() },
    { plain: run, again: run, stopped: { outcome: ended, class: 'failure', killed, left } },
  );
}

const orphan = { pid: 4711, command: 'sleep 600' };

describe('what a failure means', () => {
  it.each<[string, HookStage, Partial<StagedHook>, string]>([
    [
      'a veto',
      'PreFailoverProcesses',
      {},
      'In a recovery this is a veto: no server is touched, and nothing is recovered.',
    ],
    [
      'the end of a stage after a promotion',
      'PostMasterFailoverProcesses',
      {},
      'In a recovery no hook after it runs, and the recovery ends as one with failed hooks.',
    ],
    [
      'the end of a stage that decides nothing',
      'OnAllClearProcesses',
      {},
      'In a recovery no hook after it in this stage runs.',
    ],
    [
      'a record and no more',
      'PostFailoverProcesses',
      { mayVeto: false },
      'In a recovery this is recorded, and the next hook runs.',
    ],
    [
      'a further attempt',
      'PreFailoverProcesses',
      { retries: 2, mayVeto: false },
      'In a recovery it is tried again up to 2 times; if that does not help, this is recorded, and the next hook runs.',
    ],
    [
      'a failure at once where classes ask for no further attempt',
      'PreFailoverProcesses',
      { retries: 2, exitClasses: true, mayVeto: false },
      'In a recovery this is recorded, and the next hook runs.',
    ],
    [
      'nothing where nobody waits for it',
      'PreFailoverProcesses',
      { detached: true },
      'In a recovery nobody waits for it: this is recorded, and nothing follows from it.',
    ],
  ])('is said: %s', (_, stage, hook, sentence) => {
    const { verdict, checks } = judged({ stage, hook, plain: { exitCode: 3 } });
    expect(verdict).toBe('problem');
    expect(checks[0]?.text).toBe(`It exited 3 after 12 ms. ${sentence}`);
  });

  it('is a warning where the hook asks for one, or for another attempt', () => {
    const classes = { exitClasses: true, retries: 1 };
    expect(judged({ hook: classes, plain: { exitCode: 10 } }).checks[0]).toMatchObject({
      is: 'warning',
      text: 'It exited 10 after 12 ms, which is a warning: the next hook runs all the same.',
    });
    expect(judged({ hook: classes, plain: { exitCode: 75 } }).checks[0]).toMatchObject({
      is: 'warning',
      text: expect.stringContaining('it is tried again once; if that does not help, this is a veto'),
    });
    expect(judged({ hook: { exitClasses: true }, plain: { exitCode: 75 } }).checks[0]).toMatchObject({
      is: 'problem',
      text: expect.stringContaining('It asks to be tried again, but its Retries is 0'),
    });
  });

  it.each([
    [126, 'something in it may not be executed'],
    [127, 'a command in it was not found'],
  ])('of exit %i is said plainly', (exitCode, sentence) => {
    expect(judged({ plain: { exitCode } }).checks[0]?.text).toContain(`(${sentence})`);
  });

  it('comes with the last lines of what the hook said', () => {
    const output = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n');
    const lines = judged({ plain: { exitCode: 1, output } }).checks[0]?.output.split('\n');
    expect(lines).toHaveLength(10);
    expect(lines?.at(-1)).toBe('line 29');
    expect(judged({ plain: { output } }).checks[0]?.output).toContain('line 29');
  });

  it('is left to OnResume where nobody saw the end', () => {
    const plain = { ended: 'unknown', exitCode: null, because: 'the process that ran it died' } as const;
    expect(judged({ plain, hook: { onResume: 'ask' } }).checks[0]).toMatchObject({
      is: 'problem',
      text: expect.stringMatching(/that nobody saw: .*\. What follows is for its OnResume to say: ask\.$/),
    });
  });
});

describe('a flood', () => {
  it('is a warning that says how much was kept and how much was lost', () => {
    const output = `${'a'.repeat(40)}\n… 1000 bytes are left out …\n${'z'.repeat(60)}`;
    const { verdict, checks } = judged({ plain: { output } });
    expect(verdict).toBe('warning');
    expect(checks[1]?.text).toBe(
      'It says more than HookOutputLimitBytes: kept are the beginning and the end, 100 bytes; 1000 bytes between them are lost.',
    );
  });

  it('whose size nobody saw is one too', () => {
    const output = 'a\n… 1000 bytes or more are left out …\nz';
    expect(judged({ plain: { output } }).checks[1]?.text).toContain(
      '1000 bytes or more between them are lost',
    );
  });

  it('of an answer is one too', () => {
    const output = 'HTTP 200 OK\nlong\n… the rest was not read …\n';
    expect(judged({ plain: { output } }).checks[1]?.text).toContain(
      'kept is the beginning, 16 bytes; the rest was not read',
    );
  });
});

describe('how a hook goes', () => {
  it('is well when nothing of it had to be killed', () => {
    expect(judgedStop('SIGTERM').verdict).toBe('ok');
  });

  it('is a warning when a child of it had to be killed, which is named', () => {
    const { verdict, checks } = judgedStop('SIGTERM', { killed: [orphan] });
    expect(verdict).toBe('warning');
    expect(checks.at(-1)?.text).toBe(
      'Told to end (SIGTERM), process 4711 (sleep 600) did not go within 2 s and was killed, wherever it was in its work.',
    );
  });

  it('is a warning when it had to be killed itself', () => {
    expect(judgedStop('SIGKILL')).toMatchObject({ verdict: 'warning' });
  });

  it('is a warning when something of it runs on, which is named', () => {
    const { verdict, checks } = judgedStop('SIGTERM', { left: [orphan] });
    expect(verdict).toBe('warning');
    expect(checks.at(-1)?.text).toBe(
      'What has left its process group outlives it, and runs now: process 4711 (sleep 600).',
    );
  });
});

it('a process that a hook leaves behind is noted', () => {
  const { verdict, checks } = judged({ left: [orphan] });
  expect(verdict).toBe('ok');
  expect(checks[1]).toMatchObject({
    is: 'note',
    text: 'It leaves behind what nobody waits for or ends: process 4711 (sleep 600).',
  });
});
