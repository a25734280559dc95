import { expect, it } from 'vitest';
import { runVariables } from '../../src/hooks/run-variables.ts';

const run = { stage: 'PreFailoverProcesses', index: 1, attempt: 1, resumed: false, deadline: 1_500 } as const;

it('a hook of a recovery has one id at all its attempts, in rehearsal too, and each attempt another run id', () => {
  const first = runVariables({ ...run, key: 'plain/PreFailoverProcesses/2/1:ab/1' });
  const second = runVariables({
    ...run,
    key: 'again/PreFailoverProcesses/2/1:ab/2',
    attempt: 2,
    resumed: true,
  });
  expect([first['BATON_HOOK_ID'], second['BATON_HOOK_ID']]).toEqual(
    Array(2).fill('1:ab/PreFailoverProcesses/2'),
  );
  expect(first['BATON_HOOK_RUN_ID']).not.toBe(second['BATON_HOOK_RUN_ID']);
  expect(second).toMatchObject({ BATON_HOOK_ATTEMPT: '2', BATON_HOOK_RESUMED: '1', BATON_DEADLINE: '1' });
});

it('a detection and its recovery are one trace, each attempt a span of its own (W3C Trace Context)', () => {
  const parents = ['detection/1:ab/3', '1:ab/3', '1:ab/4'].map(
    (key) => runVariables({ ...run, key })['TRACEPARENT'],
  );
  for (const parent of parents) expect(parent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(new Set(parents.map((parent) => parent?.split('-')[1])).size).toBe(1);
  expect(new Set(parents).size).toBe(3);
});

it('a hook without a timeout has no deadline to go by', () => {
  expect(runVariables({ ...run, key: '1:ab/3', deadline: null })).not.toHaveProperty('BATON_DEADLINE');
});
