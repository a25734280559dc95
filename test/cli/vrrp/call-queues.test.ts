import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CallQueues, type LedgerLine } from '../../../src/cli/vrrp/call-queues.ts';
import type { HookOutcome } from '../../../src/engine/record.ts';
import type { HookRun } from '../../../src/hooks/runner.ts';
import { type Call, callsFor, commandOf, type Told } from '../../../src/protocols/keepalived/index.ts';

const worked: HookOutcome = {
  ended: 'exited',
  exitCode: 0,
  signal: null,
  tookMs: 1,
  output: '',
  because: null,
};

function aWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'baton-calls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const ledger = join(folder, 'ledger');
  const begun: HookRun[] = [];
  const ends: (() => void)[] = [];
  const runner = {
    run: (run: HookRun) => {
      begun.push(run);
      return new Promise<HookOutcome>((resolve) => ends.push(() => resolve(worked)));
    },
    outcomeOf: async () => null,
    known: () => {},
  };
  const queues = new CallQueues({ runner, timeoutMs: 60_000, ledger, now: () => 'now', ended: () => {} });
  const lines = () =>
    readFileSync(ledger, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LedgerLine);
  const words = () => begun.map(({ body }) => (body.kind === 'exec' ? body.argv.join(' ') : body.kind));
  return { queues, begun, ends, lines, words };
}

const told = (name: string, state: Told['state'] = 'MASTER'): Told => ({
  kind: 'INSTANCE',
  name,
  state,
  priority: 9,
});
const calls = (of: Told, profile: '2.x' | '1.2' = '2.x'): readonly Call[] => {
  const [own, any] = [commandOf('"/own a"', 1), commandOf('"/any b"', 2)];
  const none = { fault: null, stop: null, deleted: null, masterRxLowerPri: null };
  return callsFor(profile, { ...none, master: own, backup: own, any }, of);
};
const add = ({ queues }: ReturnType<typeof aWorld>, of: Told, queue = of.name) =>
  queues.add({ node: 'A', queue, profile: '2.x', told: of, calls: calls(of), runAs });
const runAs = (): readonly string[] => [];
const breathe = () => new Promise((resolve) => setImmediate(resolve));

it('starts a script only when the one before it of the same instance has ended, in the order of the calls', async () => {
  const world = aWorld();
  add(world, told('V', 'BACKUP'));
  add(world, told('V', 'MASTER'));
  const expected = ['/own a', '/any b INSTANCE V BACKUP 9', '/own a', '/any b INSTANCE V MASTER 9'];
  for (let count = 1; count <= expected.length; count += 1) {
    await breathe();
    expect(world.words()).toEqual(expected.slice(0, count));
    world.ends[count - 1]?.();
  }
  await world.queues.settled();
});

it('does not let an instance wait for another, but one of a sync group for its group', async () => {
  const world = aWorld();
  add(world, told('V'));
  add(world, told('W'));
  await breathe();
  expect(world.begun).toHaveLength(2);
  add(world, told('G1'), 'group');
  add(world, told('G2'), 'group');
  await breathe();
  expect(world.begun).toHaveLength(3);
});

it('writes each call before it starts and after it ended', async () => {
  const world = aWorld();
  add(world, told('it\'s "me" $(id)'));
  await breathe();
  expect(world.lines()).toMatchObject([{ run: 'A/1', begins: 'notify_master', argv: ['/own', 'a'] }]);
  world.ends[0]?.();
  await breathe();
  expect(world.lines()).toMatchObject([
    { run: 'A/1' },
    { run: 'A/1', ended: 'exited', exitCode: 0 },
    { run: 'A/2', begins: 'notify', argv: ['/any', 'b', 'INSTANCE', 'it\'s "me" $(id)', 'MASTER', '9'] },
  ]);
});

it('hands to a shell what keepalived 1.2 handed to one, and notify to none', async () => {
  const world = aWorld();
  const of = told('V');
  world.queues.add({ node: 'A', queue: 'V', profile: '1.2', told: of, calls: calls(of, '1.2'), runAs });
  await breathe();
  world.ends[0]?.();
  await breathe();
  expect(world.begun.map(({ body }) => body)).toEqual([
    { kind: 'shell', script: '/own a' },
    { kind: 'exec', argv: ['/any b', 'INSTANCE', 'V', 'MASTER', '9'] },
  ]);
});

it('puts before a script what has it run as its user, whoever starts it', async () => {
  const world = aWorld();
  const of = told('V');
  const called = { node: 'A', queue: 'V', told: of, runAs: () => ['as', 'nobody'] };
  world.queues.add({ ...called, profile: '1.2', calls: calls(of, '1.2') });
  world.queues.add({ ...called, queue: 'W', profile: '2.x', calls: calls(of) });
  await breathe();
  expect(world.words()).toEqual(['as nobody /bin/sh -c /own a', 'as nobody /own a']);
});
