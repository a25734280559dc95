import { expect, it } from 'vitest';
import type { Level, LevelFencing } from '../../../src/protocols/pacemaker/level.ts';
import { Standings } from '../../../src/signals/pacemaker/standings.ts';

const began = 1_000_000;
const fencedAt = (completedAt: number): LevelFencing => ({
  action: 'reboot',
  target: 'node2',
  status: 'success',
  completedAt,
});
const level = (online: boolean, fencings: readonly LevelFencing[]): Level => ({
  fences: true,
  nodes: [{ name: 'node2', online, pending: false, unclean: false, expectedUp: online }],
  fencings,
});
const says = (changed: ReturnType<Standings['take']>) => changed.map((one) => one.says);

it('takes no fencing of before for a new one where a node that came back leaves within seconds', () => {
  const standings = new Standings();
  const history = [fencedAt(began + 1_000)];
  expect(says(standings.take(level(true, []), began))).toEqual(['up']);
  expect(says(standings.take(level(false, history), began + 1_500))).toEqual(['fenced']);
  expect(says(standings.take(level(true, history), began + 2_000))).toEqual(['up']);
  expect(says(standings.take(level(false, history), began + 3_000))).toEqual(['left']);
});

it('takes the next fencing of a node that came back as what it is', () => {
  const standings = new Standings();
  const history = [fencedAt(began + 1_000)];
  standings.take(level(true, history), began + 2_000);
  const next = standings.take(level(false, [...history, fencedAt(began + 3_000)]), began + 3_500);
  expect(says(next)).toEqual(['fenced']);
});
