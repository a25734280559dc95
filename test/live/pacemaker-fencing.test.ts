import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import type { SignalReport } from '../../src/controller/history/host-news.ts';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { aCluster, remote, type TestCluster, whyNoCluster } from './pacemaker/a-cluster.ts';
import { aScene, lastRecovery, portOn } from './scene.ts';
import { ended, watched } from './waits.ts';

const why = whyNoCluster();
if (why !== null) process.stderr.write(`Pacemaker is not tried: ${why}\n`);
const bin = fileURLToPath(builtTwin(new URL('../../src/bin.ts', import.meta.url).href));
const patient = { timeout: 40_000, interval: 100 };

async function anAgent() {
  const place = mkdtempSync(join(tmpdir(), 'baton-pacemaker-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  chmodSync(place, 0o755);
  const [agent, spool] = [join(place, 'agent'), join(place, 'spool')];
  mkdirSync(spool);
  await runProgram(process.execPath, [bin, 'pacemaker', 'install-agent', agent, '--spool', spool], {
    timeoutMs: 20_000,
  });
  chmodSync(spool, 0o777);
  return { agent, spool, place };
}

/** What `baton pacemaker watch` makes of a node’s remote CIB about node2, one after the other. */
async function watching(cluster: TestCluster, place: string) {
  const config = join(place, 'remote.json');
  const Remote = { Host: '127.0.0.1', Port: remote.tls, Encryption: 'anonymous-tls' };
  const given = { Pacemaker: { Remote }, PacemakerPassword: remote.password };
  writeFileSync(config, JSON.stringify(given), { mode: 0o600 });
  const words = ['pacemaker', 'watch', '--from', 'remote', '--config', config];
  const [, , pid = ''] = cluster.on('node1');
  const child = spawn('nsenter', ['-t', pid, '-n', process.execPath, bin, ...words]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let [told, said] = ['', ''];
  child.stdout.on('data', (piece) => (told += String(piece)));
  child.stderr.on('data', (piece) => (said += String(piece)));
  await expect.poll(() => said, patient).toContain('following the CIB');
  return () =>
    [...told.matchAll(/^node2: (unexpected loss|fenced|clean stop|rejoin)$/gm)].map(([, word]) => word);
}

const signals = async (daemon: Daemon) => (await daemon.get('/baton/v1/signals')) as readonly SignalReport[];
/** How a node has stood, the oldest first. That it is unclean before it is lost is seen by who looks in that moment. */
const stood = async (daemon: Daemon) =>
  (await signals(daemon))
    .flatMap(({ node, says }) => (node === 'node2' && says !== null && says !== 'faulty' ? [says] : []))
    .toReversed();
/** Whoever leaves while the cluster still takes it in is fenced. */
const settled = (cluster: TestCluster) =>
  expect
    .poll(() => cluster.run('node1', 'crmadmin', '-S', 'node1').catch(String), patient)
    .toContain('S_IDLE');

it.skipIf(why !== null)(
  'a node’s loss with a fencing and without one, its return and its clean stop are told apart, and the fencing is the proof that a recovery waits for (P3)',
  { timeout: 240_000 },
  async () => {
    const { agent, spool, place } = await anAgent();
    const [cluster, scene] = await Promise.all([
      aCluster({ nodes: 2, fences: true, alerts: agent }),
      aScene({ servers: 3 }),
    ]);
    await expect.poll(() => cluster.crmMon(), patient).toMatch(/name="node2" id="2" online="true"/);
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

    const membership = await watching(cluster, place);
    await Promise.all([cluster.kill('node2'), scene.sandbox.kill(portOn(scene, scene.primary))]);
    expect(await ended(daemon)).toBe('recovered');
    const recovery = await lastRecovery(daemon);
    const story = JSON.stringify(await daemon.get(`/baton/v1/recoveries/${recovery?.uid}`));
    expect(story).toContain('pacemaker has made sure that node node2 is off');
    expect(await stood(daemon)).toEqual(['up', 'lost', 'fenced']);
    const told = (await signals(daemon)).filter(({ says }) => says === null).map(({ because }) => because);
    expect(told.filter((one) => one.startsWith('node2 is told to be fenced'))).toHaveLength(1);

    const called = () => readFileSync(join(scene.directory, 'signals.log'), 'utf8').split('\n');
    await expect.poll(called, patient).toContain('node2,fenced,,');
    expect(called()).toContain('node2,,fencing,st_notify_fence');
    await cluster.start('node2');
    const isBack = ['up', 'lost', 'fenced', 'up'];
    await expect.poll(() => stood(daemon), patient).toEqual(isBack);
    await settled(cluster);
    await cluster.run('node2', 'sh', '-c', 'kill -TERM 1').catch(() => {});
    await expect.poll(() => stood(daemon), patient).toEqual([...isBack, 'left']);

    await cluster.run('node1', 'crm_attribute', '-t', 'crm_config', '-n', 'stonith-enabled', '-v', 'false');
    await cluster.start('node2');
    await expect.poll(() => stood(daemon), patient).toEqual([...isBack, 'left', 'up']);
    await settled(cluster);
    await cluster.kill('node2');
    await expect.poll(() => stood(daemon), patient).toHaveLength(7);
    expect((await signals(daemon)).find(({ says }) => says !== null)).toMatchObject({
      says: 'lost',
      because: 'node2 is offline, and is expected to be up',
    });
    const classified = ['unexpected loss', 'fenced', 'rejoin', 'clean stop', 'rejoin', 'unexpected loss'];
    await expect.poll(membership, patient).toEqual(classified);
  },
);
