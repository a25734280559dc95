import { readdirSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { SignalNews } from '../../../src/engine/ports.ts';
import type { Level, LevelNode } from '../../../src/protocols/pacemaker/level.ts';
import { PacemakerSignals } from '../../../src/signals/pacemaker/pacemaker-signals.ts';
import { messageText, numbers } from '../../protocols/pacemaker/recorded.ts';
import type { Following } from '../../../src/signals/pacemaker/following.ts';
import { VirtualClock } from '../../../src/simulation/clock.ts';

const up: LevelNode = { name: 'a', online: true, pending: false, unclean: false, expectedUp: true };
const off: LevelNode = { ...up, online: false, expectedUp: false };
const never = new AbortController().signal;

/** A cluster whose level the test says, and a spool. */
async function aCluster(messages: Following['messages'] | null = null) {
  const spool = await mkdtemp(join(tmpdir(), 'baton-spool-'));
  const clock = new VirtualClock(() => setImmediate());
  let level: Level | string = { fences: true, nodes: [up], fencings: [] };
  let asked = 0;
  const warnings: string[] = [];
  const signals = new PacemakerSignals({
    config: { Spool: spool },
    isHost: (node, instance) => instance.startsWith(`${node}:`),
    messages,
    ask: async () => {
      asked += 1;
      return level;
    },
    clock,
    teller: { tell: () => {}, warn: (sentence) => warnings.push(sentence) },
  });
  const news: SignalNews[] = [];
  let isOnRecord = true;
  signals.heed(async (one) => {
    news.push(one);
    return isOnRecord;
  }, never);
  signals.start();
  onTestFinished(async () => {
    const closed = signals.close();
    await clock.advance(1_000);
    await closed;
    await rm(spool, { recursive: true });
  });
  const advance = (milliseconds: number) => clock.advance(milliseconds);
  /** The spool is looked at, which takes real time, and the cluster is asked. */
  const heard = async () => {
    await advance(250);
    const left = async () => {
      await advance(20);
      return readdirSync(spool);
    };
    await expect.poll(left).toEqual([]);
    await advance(250);
  };
  await advance(100);
  return {
    signals,
    clock,
    news,
    warnings,
    advance,
    heard,
    asked: () => asked,
    records: (works: boolean) => (isOnRecord = works),
    files: () => readdirSync(spool),
    is: (next: Level | string) => (level = next),
    /** As the agent does it: a file is there when it is whole. */
    tell: async (name: string, variables: Record<string, string>) => {
      const text = Object.entries(variables).map(([key, value]) => `${key}=${value}\0`);
      await writeFile(join(spool, `.${name}`), text.join(''));
      await rename(join(spool, `.${name}`), join(spool, `${name}.signal`));
    },
  };
}

const lost = (sequence: string) => ({
  CRM_alert_kind: 'node',
  CRM_alert_node: 'a',
  CRM_alert_desc: 'lost',
  CRM_alert_node_sequence: sequence,
});

it('asks the cluster after anything that was told, and believes only what it answers', async () => {
  const { signals, tell, heard, news, asked, is } = await aCluster();
  expect(signals.of('a:1')).toMatchObject([{ says: 'up' }]);
  const before = asked();
  await tell('1.1', lost('1'));
  await tell('1.2', lost('1'));
  await heard();
  expect(asked()).toBe(before + 1);
  expect(news.slice(1)).toMatchObject([{ node: 'a', because: 'a is told to be lost', standing: null }]);
  expect(signals.of('a:1')).toMatchObject([{ says: 'up' }]);
  is({ fences: true, nodes: [{ ...up, online: false, unclean: true }], fencings: [] });
  await tell('2.1', { ...lost('2'), CRM_alert_desc: 'member' });
  await heard();
  expect(signals.of('a:1')).toMatchObject([{ says: 'lost', isFencing: true }]);
  expect(news.at(-1)).toMatchObject({ standing: { says: 'lost' } });
});

it('says nothing of a cluster that cannot be asked, once, and everything again when it can', async () => {
  const { signals, is, advance, warnings, clock } = await aCluster();
  is('there is no program crm_mon');
  await advance(10_200);
  expect(signals.of('a:1')).toEqual([]);
  expect(signals.fences('a:1')).toBe(false);
  await advance(10_200);
  expect(warnings).toEqual(['nothing is known of the Pacemaker cluster: there is no program crm_mon']);
  is({ fences: true, nodes: [up], fencings: [] });
  const confirmed = signals.confirm('a:1', never);
  await clock.advance(1);
  expect(await confirmed).toMatchObject([{ says: 'up' }]);
});

it('takes a fencing from no later than it came to know of it, though the cluster’s clock runs ahead', async () => {
  const { signals, is, advance, clock } = await aCluster();
  const now = clock.now();
  const fencing = { action: 'off', target: 'a', status: 'success', completedAt: now + 3_600_000 };
  is({ fences: true, nodes: [off], fencings: [fencing] });
  await advance(10_200);
  const [signal] = signals.of('a:1');
  expect(signal?.says).toBe('fenced');
  expect(signal?.at).toBeLessThanOrEqual(clock.now());
  is({ fences: true, nodes: [off], fencings: [{ ...fencing, completedAt: now - 60_000 }] });
  await advance(10_200);
  expect(signals.of('a:1')).toMatchObject([{ says: 'left' }]);
});

it('follows a CIB over one connection after the other, and asks the cluster whenever something may have been missed', async () => {
  const recorded = ['00205', '00206', '00207'].map((number) => messageText(number, 'v2'));
  let connections = 0;
  async function* messages({ begun }: { begun: () => void }) {
    connections += 1;
    begun();
    yield* connections === 1 ? ['<notify', ...numbers.map((number) => messageText(number, 'v2'))] : recorded;
    throw new Error('the connection has ended');
  }
  const { news, asked, advance, warnings } = await aCluster(messages);
  expect(news.map(({ because }) => because)).toContain('node2: unexpected loss');
  expect(news.map(({ because }) => because)).toContain('stop of mig on node1: OK');
  expect(warnings[0]).toContain('cannot be read');
  expect(warnings[1]).toContain('the connection has ended');
  const before = asked();
  await advance(1_300);
  expect(connections).toBe(2);
  expect(asked()).toBeGreaterThan(before);
});

const fencing = {
  CRM_alert_kind: 'fencing',
  CRM_alert_node: 'a',
  CRM_alert_rc: '0',
  CRM_alert_task: 'st_notify_fence',
  CRM_alert_desc: 'Operation off of a by b: OK (ref=5f2b)',
};

it('leaves in the spool what is not on record yet, and tells it again until it is', async () => {
  const { tell, advance, news, records, files, heard } = await aCluster();
  records(false);
  await tell('1.1', fencing);
  await advance(250);
  await expect.poll(() => news.filter(({ standing }) => standing === null)).toHaveLength(1);
  await advance(9_000);
  expect(files()).toEqual(['1.1.signal']);
  records(true);
  await advance(2_000);
  await heard();
  const told = news.filter(({ standing }) => standing === null);
  expect(told).toHaveLength(2);
  expect(told[0]?.identity).toBe(told[1]?.identity);
});

it('knows a fencing in every life and in every file that tells of it, and anything else by its file', async () => {
  const identities = async (variables: Record<string, string>, ...names: readonly string[]) => {
    const found: unknown[] = [];
    for (const name of names) {
      const { tell, heard, news } = await aCluster();
      await tell(name, variables);
      await heard();
      found.push(...news.flatMap(({ identity }) => identity ?? []));
    }
    return found;
  };
  const [fenced, ...others] = await identities(fencing, '1.1', '2.2');
  expect(others).toEqual([fenced]);
  const [first, second, third] = await identities(lost('1'), '1.1', '1.1', '2.1');
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});
