import { expect, it } from 'vitest';
import { errantFiles, stateIn } from '../../src/analysis/errant-files.ts';
import type { LogEvent } from '../../src/topology/pseudo-gtid.ts';

const uuid = '00000000-0000-0000-0000-000000000001';
const other = '00000000-0000-0000-0000-000000000002';

it('a file has those transactions that came after its beginning and before that of the next', () => {
  const heads = [
    { file: 'bin.000001', before: '' },
    { file: 'bin.000002', before: `${uuid}:1-10,${other}:1` },
    { file: 'bin.000003', before: `${uuid}:1-20,${other}:1-3` },
  ];
  const now = `${uuid}:1-30,${other}:1-4`;
  expect(errantFiles(`${other}:1`, heads, now)).toEqual(['bin.000001']);
  expect(errantFiles(`${other}:2-4`, heads, now)).toEqual(['bin.000002', 'bin.000003']);
  expect(errantFiles(`${other}:9`, heads, now)).toEqual([]);
});

it('MariaDB’s writers are held apart, for it gives their numbers away twice', () => {
  const heads = [
    { file: 'bin.000001', before: '' },
    { file: 'bin.000002', before: '0-1-10' },
  ];
  expect(errantFiles('0-2-11', heads, '0-1-15,0-2-11')).toEqual(['bin.000002']);
  expect(errantFiles('0-1-10', heads, '0-1-15,0-2-11')).toEqual(['bin.000001']);
});

it('a file that does not say what came before it may have them', () => {
  const heads = [
    { file: 'bin.000001', before: null },
    { file: 'bin.000002', before: `${uuid}:1-10` },
  ];
  expect(errantFiles(`${other}:1`, heads, `${uuid}:1-10,${other}:1`)).toEqual(['bin.000001', 'bin.000002']);
});

it('what came before is read from the first events of a file, whichever family wrote it', () => {
  const event = (type: string, info: string): LogEvent => ({
    file: 'bin.000001',
    position: 4,
    end: 100,
    type,
    info,
  });
  expect(stateIn([event('Format_desc', ''), event('Gtid_list', '[0-1-5,\n0-2-7]')])).toBe('0-1-5,0-2-7');
  expect(stateIn([event('Previous_gtids', `${uuid}:1-3,\n${other}:1`)])).toBe(`${uuid}:1-3,${other}:1`);
  expect(stateIn([event('Previous_gtids', '')])).toBe('');
  expect(stateIn([event('Query', 'BEGIN')])).toBeNull();
});
