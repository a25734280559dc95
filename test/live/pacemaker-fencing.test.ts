import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { SignalReport } from '../../src/controller/history/host-news.ts';
import { agentScript } from '../../src/signals/pacemaker/agent.ts';
import { aCluster, whyNoCluster } from './pacemaker/a-cluster.ts';
import { aPlace, membershipOf } from './pacemaker/watching.ts';
import { aScene, lastRecovery, portOn } from './scene.ts';
import { ended, patient, watched } from './waits.ts';

const why = whyNoCluster();
if (why !== null) process.stderr.write(`Pacemaker is not tried: ${why}\n`);

function anAgent() {
  const place = aPlace();
  const [agent, spool] = [join(place, 'agent'), join(place, 'spool')];
  mkdirSync(spool);
  writeFileSync(agent, agentScript(spool), { mode: 0o755 });
  chmodSync(spool, 0o777);
  return { agent, spool, place };
}

const signals = async (daemon: Daemon) => (await daemon.get('/baton/v1/signals')) as readonly SignalReport[];
/** How a node has stood, the oldest first. That it is unclean, and lost before it is fenced, is seen by who looks in that moment. */
const stood = async (daemon: Daemon) =>
  (await signals(daemon))
    .flatMap(({ node, says }) => (node === 'node2' && says !== null ? [says] : []))
    .filter((says) => says !== 'faulty' && says !== 'lost')
    .toReversed();

it.skipIf(why !== null)(
  'the fencing of a lost node is the proof that a recovery waits for, and its return is told (P3)',
  { timeout: 240_000 },
  async () => {
    const { agent, spool, place } = anAgent();
    const [cluster, scene] = await Promise.all([
      aCluster({ nodes: 2, fences: true, alerts: agent }),
      aScene({ servers: 3 }),
    ]);
    await expect.poll(() => cluster.crmMon(), patient).toMatch(/name="node2" id="2" online="true"/);
    const watching = membershipOf(cluster, place);
    const { daemon } = await watched(scene, {
      Pacemaker: {
        Spool: spool,
        StatusCommand: [...cluster.on('node1'), 'crm_mon', '-1', '--output-as=xml'],
      },
      SignalNodes: { node2: [scene.primary] },
      SignalCommand: `echo "$BATON_SIGNAL_NODE,$BATON_SIGNAL_SAYS,$CRM_alert_kind,$CRM_notify_task" >> ${scene.directory}/signals.log`,
      FencingLevelRequired: 'proven',
    });
    await expect.poll(() => stood(daemon), patient).toEqual(['up']);
    await expect.poll(() => cluster.crmMon(), patient).toMatch(/id="fence" .*role="Started"/);

    const membership = await watching;
    await Promise.all([cluster.kill('node2'), scene.sandbox.kill(portOn(scene, scene.primary))]);
    expect(await ended(daemon)).toBe('recovered');
    const recovery = await lastRecovery(daemon);
    const story = JSON.stringify(await daemon.get(`/baton/v1/recoveries/${recovery?.uid}`));
    expect(story).toContain('pacemaker has made sure that node node2 is off');
    expect(await stood(daemon)).toEqual(['up', 'fenced']);
    const fencings = async () =>
      (await signals(daemon)).filter(
        ({ says, because }) => says === null && because.startsWith('node2 is told to be fenced'),
      );
    await expect.poll(fencings, patient).toHaveLength(1);

    const called = () =>
      readFileSync(join(scene.directory, 'signals.log'), { encoding: 'utf8', flag: 'a+' }).split('\n');
    await expect.poll(called, patient).toContain('node2,fenced,,');
    await expect.poll(called, patient).toContain('node2,,fencing,st_notify_fence');
    await cluster.start('node2');
    await expect.poll(() => stood(daemon), patient).toEqual(['up', 'fenced', 'up']);
    await expect.poll(membership, patient).toEqual(['unexpected loss', 'fenced', 'rejoin']);
  },
);
