import { expect, it } from 'vitest';
import { execStatusText } from '../../../src/protocols/pacemaker/exec-status.ts';
import { ocfText } from '../../../src/protocols/pacemaker/ocf.ts';

it.each([
  ['1.1.10', 'error of the agent', 'unknown error', 'master', 'status: unknown', '<unknown>'],
  ['2.0', 'error of the agent', 'unknown error', 'master', 'unknown', 'OCF_TIMEOUT'],
  ['2.1', 'error of the agent', 'error', 'promoted', 'unknown', 'unknown'],
  ['3.0', 'error of the agent', 'Error occurred', 'Promoted', 'Unknown exit status', 'Interrupted by signal'],
] as const)('Pacemaker %s has its own words for an %s', (release, _, error, promoted, odd, timeout) => {
  expect([1, 8, 14, 198].map((rc) => ocfText(rc, release))).toEqual([error, promoted, odd, timeout]);
});

it.each([
  ['1.1.10', 'UNKNOWN!', 'pending', 'Timed Out', 'UNKNOWN!', 'UNKNOWN!'],
  ['2.0', 'UNKNOWN!', 'pending', 'Timed Out', 'Not installed', 'UNKNOWN!'],
  ['2.1', 'UNKNOWN', 'pending', 'Timed Out', 'Not installed', 'UNKNOWN!'],
  [
    '3.0',
    'Unrecognized status (bug?)',
    'Pending',
    'Timed out',
    'Not installed',
    'Unrecognized status (bug?)',
  ],
] as const)('Pacemaker %s has its own words for how an execution stands', (release, ...texts) => {
  expect([-2, -1, 2, 7, 12].map((status) => execStatusText(status, release))).toEqual(texts);
});

it('what the real crm_mon of 2.1.5 printed is what is meant where nothing else is said', () => {
  expect([0, 1, 7, 9, 190, 191, 193].map((rc) => ocfText(rc))).toEqual([
    'ok',
    'error',
    'not running',
    'promoted (failed)',
    'OCF_DEGRADED',
    'promoted (degraded)',
    'unknown',
  ]);
  expect([0, 1, 3, 8, 9, 10, 11].map((status) => execStatusText(status))).toEqual([
    'complete',
    'Cancelled',
    'NOT SUPPORTED',
    'Internal communication failure',
    'Cannot execute now',
    'No fence device',
    'CIB secrets unavailable',
  ]);
});
