import { describe, expect, it } from 'vitest';
import { rehearsing } from './pretended.ts';

const resumed = (runs: readonly { variables: Readonly<Record<string, string>> }[]) =>
  runs.map(({ variables }) => `${variables['BATON_HOOK_ATTEMPT']} ${variables['BATON_HOOK_RESUMED']}`);
const saying = (verdict: { checks: readonly { about: string; is: string }[] }) =>
  verdict.checks.map(({ about, is }) => `${about} ${is}`);

describe('a rehearsal', () => {
  it('runs a quick hook as its stage would, and once more as after the death of a controller', async () => {
    const { verdict, runs } = await rehearsing({});
    expect(resumed(runs)).toEqual(['1 0', '2 1']);
    expect(saying(verdict)).toEqual(['run ok', 'again ok', 'stop note']);
    expect(verdict).toMatchObject({ stage: 'PreFailoverProcesses', index: 0, of: 2, verdict: 'ok' });
  });

  it('gives every run a name of its own', async () => {
    const { runs } = await rehearsing({ takesMs: 400 });
    expect(new Set(runs.map(({ key }) => key)).size).toBe(3);
  });

  it('ends a hook on its way that takes long enough to be caught', async () => {
    const { verdict, runs } = await rehearsing({ takesMs: 400 });
    expect(resumed(runs)).toEqual(['1 0', '2 1', '1 0']);
    expect(saying(verdict)).toEqual(['run ok', 'again ok', 'stop ok']);
  });

  it('finds a hook that fails when it is run a second time', async () => {
    const { verdict } = await rehearsing({ second: 1, output: 'already fenced\n' });
    expect(verdict.verdict).toBe('problem');
    expect(verdict.checks[1]).toEqual({
      about: 'again',
      is: 'problem',
      text: 'Run a second time, with BATON_HOOK_RESUMED=1, it exited 1 after 12 ms: after the death of a controller it may be run again (its OnResume is rerun), and it fails then.',
      output: 'already fenced',
    });
  });

  it('says of a hook whose OnResume is ask that a person may have it run again', async () => {
    const { verdict } = await rehearsing({ second: 1 }, { onResume: 'ask' });
    expect(verdict.checks[1]?.text).toContain(
      'a person may have it run again (its OnResume is ask), and it fails',
    );
  });

  it.each(['itself', 'a child'] as const)('finds a hook of which %s has to be killed', async (stubborn) => {
    const { verdict } = await rehearsing({ takesMs: 400, stubborn });
    expect(saying(verdict)).toEqual(['run ok', 'again ok', 'stop warning']);
    expect(verdict.checks[2]?.text).toContain('process 1 (/opt/hook) did not go');
  });

  it('does not take for killed what it finds still running afterwards', async () => {
    const left = [{ pid: 7, command: 'daemon' }];
    const { verdict } = await rehearsing({ takesMs: 400, stubborn: 'a child' }, {}, { left });
    expect(verdict.checks.map(({ text }) => text).filter((text) => text.includes('process 7'))).toEqual([
      'It leaves behind what nobody waits for or ends: process 7 (daemon).',
      'What has left its process group outlives it, and runs now: process 7 (daemon).',
    ]);
  });

  it('finds a hook that is slow, by the time it has', async () => {
    const slow = await rehearsing({ takesMs: 600 }, { timeoutMs: 1_000 });
    expect(saying(slow.verdict)).toContain('time warning');
    const calm = await rehearsing({ takesMs: 500 }, { timeoutMs: 1_000 });
    expect(saying(calm.verdict)).not.toContain('time warning');
  });

  it('learns from a hook that ran out of its time how it goes, and runs it no more', async () => {
    const { verdict, runs } = await rehearsing({ takesMs: 5_000, stubborn: 'a child' }, { timeoutMs: 1_000 });
    expect(runs).toHaveLength(1);
    expect(saying(verdict)).toEqual(['run problem', 'stop warning']);
    const heeding = await rehearsing({ takesMs: 5_000 }, { timeoutMs: 1_000 });
    expect(saying(heeding.verdict)).toEqual(['run problem', 'stop ok']);
  });

  it('does not run a hook again that failed, nor one that would never be run again', async () => {
    const failed = await rehearsing({ exit: 3 });
    expect(failed.runs).toHaveLength(1);
    expect(saying(failed.verdict)).toEqual(['run problem']);
    const skipped = await rehearsing({}, { onResume: 'skip' });
    expect(skipped.runs).toHaveLength(1);
    expect(skipped.verdict.checks[1]?.text).toBe(
      'After the death of a controller it is not run again: its OnResume is skip.',
    );
  });

  it('tries a hook once, whatever its Retries', async () => {
    expect((await rehearsing({ exit: 3 }, { retries: 5 })).runs).toHaveLength(1);
  });

  it('waits for a hook in the background, with the time of a stage where it has none', async () => {
    const { runs, verdict } = await rehearsing({ takesMs: 50 }, { detached: true, timeoutMs: null });
    expect(runs[0]).toMatchObject({ detached: false, timeoutMs: 600_000 });
    expect(saying(verdict)).toEqual(['run ok', 'detached note', 'again ok', 'stop note']);
    const endless = await rehearsing({ takesMs: 900_000 }, { detached: true, timeoutMs: null });
    expect(saying(endless.verdict)).toEqual(['run warning', 'detached note', 'stop ok']);
    expect(endless.verdict.checks[0]?.text).toMatch(
      /a rehearsal waits no longer\. In a recovery it has no timeout\.$/,
    );
  });

  it('does not start a hook that is refused', async () => {
    const { verdict, runs } = await rehearsing({}, { refused: '{x} is code' });
    expect(runs).toEqual([]);
    expect(verdict.checks).toMatchObject([
      {
        is: 'problem',
        text: 'It was not started: {x} is code. In a recovery this is a veto: no server is touched, and nothing is recovered.',
      },
    ]);
  });

  it('posts a second time, and does not break a request off', async () => {
    const http = { kind: 'http', url: 'http://x', headers: {}, secretVariable: null } as const;
    const { verdict, runs } = await rehearsing({ takesMs: 400 }, { body: http });
    expect(runs).toHaveLength(2);
    expect(saying(verdict)).toEqual(['run ok', 'again ok']);
  });

  it('ends with the hook that runs when it is interrupted', async () => {
    const stop = new AbortController();
    stop.abort(new Error('interrupted by ann'));
    await expect(rehearsing({ takesMs: 400 }, {}, { signal: stop.signal })).rejects.toThrow(
      'interrupted by ann',
    );
  });
});
