import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { toldDemo } from '../../src/simulation/demo.ts';

it('tells of a recovery that outlives its controller and loses nothing', async () => {
  const told: string[] = [];
  for await (const line of toldDemo(() => setImmediate())) told.push(line);
  const text = told.join('\n');
  expect(text).toContain('A controller continues this recovery');
  expect(text).toContain('db2:3306 is the primary now, in place of db1:3306');
  expect(text).toContain('db2:3306 takes writes and has all 42 acknowledged writes');
  expect(text).toContain('never two servers of a cluster took writes');
});
