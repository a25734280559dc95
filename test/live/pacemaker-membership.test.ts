import { expect, it, onTestFinished } from 'vitest';
import type { SignalNews } from '../../src/engine/ports.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import { PacemakerSignals } from '../../src/signals/pacemaker/pacemaker-signals.ts';
import { statusOf } from '../../src/signals/pacemaker/status.ts';
import { aCluster, type TestCluster, whyNoCluster } from './pacemaker/a-cluster.ts';
import { aPlace, membershipOf } from './pacemaker/watching.ts';
import { patient } from './waits.ts';

const why = whyNoCluster();
if (why !== null) process.stderr.write(`Pacemaker is not tried: ${why}\n`);

/** How node2 has stood, the oldest first, as a controller hears it. That it is faulty first is seen by who looks in that moment. */
function standings(cluster: TestCluster) {
  const signals = new PacemakerSignals({
    config: { Spool: '' },
    isHost: () => true,
    messages: null,
    ask: (signal) => statusOf([...cluster.on('node1'), 'crm_mon', '-1', '--output-as=xml'], signal),
    clock: systemClock,
    teller: { tell: () => {}, warn: () => {} },
  });
  const news: SignalNews[] = [];
  signals.heed(async (one) => news.push(one) > 0, new AbortController().signal);
  signals.start();
  onTestFinished(() => signals.close());
  const asked = async () => {
    await signals.confirm('any:1', new AbortController().signal);
    return news.flatMap(({ node, standing }) =>
      node === 'node2' && standing !== null && standing.says !== 'faulty' ? [standing] : [],
    );
  };
  return { asked, stood: async () => (await asked()).map(({ says }) => says) };
}

it.skipIf(why !== null)(
  'where nothing is fenced, a node’s clean stop, its return and its loss are told apart, by how the cluster stands and by its messages',
  { timeout: 240_000 },
  async () => {
    const cluster = await aCluster({ nodes: 2, fences: false, alerts: '/bin/true' });
    await expect.poll(() => cluster.crmMon(), patient).toMatch(/name="node2" id="2" online="true"/);
    const { asked, stood } = standings(cluster);
    const membership = await membershipOf(cluster, aPlace());
    await expect.poll(stood, patient).toEqual(['up']);
    await cluster.run('node2', 'sh', '-c', 'kill -TERM 1').catch(() => {});
    await expect.poll(stood, patient).toEqual(['up', 'left']);
    await cluster.start('node2');
    await expect.poll(stood, patient).toEqual(['up', 'left', 'up']);
    await expect.poll(membership, patient).toEqual(['clean stop', 'rejoin']);
    await cluster.kill('node2');
    await expect.poll(stood, patient).toEqual(['up', 'left', 'up', 'lost']);
    expect((await asked()).at(-1)).toMatchObject({
      // It is unclean for a moment, until the cluster has noted that nothing is fenced.
      because: expect.stringMatching(/is expected to be up|went without a word/),
    });
    await expect.poll(membership, patient).toEqual(['clean stop', 'rejoin', 'unexpected loss']);
  },
);
