import { expect, it } from 'vitest';
import {
  findByArgument,
  lifeOf,
  signalRecorded,
  untilGone,
  untilLife,
} from '../../src/process/recorded-process.ts';
import { startBystander } from './bystander.ts';

it('signals a process that still is what was recorded, and waits until nothing of it is left', async () => {
  const ours = await startBystander();
  expect(lifeOf(ours)).toBe('alive');
  expect(signalRecorded(ours, 'SIGKILL')).toBe(true);
  expect(await untilGone(ours, 5_000)).toBe(true);
  expect(lifeOf(ours)).toBe('dead');
  expect(signalRecorded(ours, 'SIGKILL')).toBe(false);
});

it('never signals somebody else who has the recorded pid now', async () => {
  const other = await startBystander();
  const recorded = { pid: other.pid, argument: `${other.argument}-of-ours` };
  expect(lifeOf(recorded)).toBe('dead');
  expect(signalRecorded(recorded, 'SIGKILL')).toBe(false);
  expect(await untilGone(recorded, 5_000)).toBe(true);
  expect(lifeOf(other)).toBe('alive');
});

it('wants the whole argument, not a piece of one', async () => {
  const { pid, argument } = await startBystander();
  expect(lifeOf({ pid, argument: argument.slice(0, -1) })).toBe('dead');
});

it('tells a frozen process from one that runs', async () => {
  const ours = await startBystander();
  signalRecorded(ours, 'SIGSTOP');
  expect(await untilLife(ours, 'frozen', 5_000)).toBe(true);
  signalRecorded(ours, 'SIGCONT');
  expect(await untilLife(ours, 'alive', 5_000)).toBe(true);
});

it('says when a process does not end in time', async () => {
  expect(await untilGone(await startBystander(), 0)).toBe(false);
});

it('finds a process whose pid was never written down', async () => {
  const ours = await startBystander();
  expect(findByArgument(ours.argument)).toBe(ours.pid);
  expect(findByArgument(`${ours.argument}/elsewhere`)).toBeNull();
});
