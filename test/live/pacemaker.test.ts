import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';
import type { Signal } from '../../src/protocols/pacemaker/signals.ts';
import { readSpool } from '../../src/signals/pacemaker/spool.ts';
import { aCluster, remote, type TestCluster, whyNoCluster } from './pacemaker/a-cluster.ts';

const why = whyNoCluster();
if (why !== null) process.stderr.write(`Pacemaker is not tried: ${why}\n`);
const bin = fileURLToPath(builtTwin(new URL('../../src/bin.ts', import.meta.url).href));
const patient = { timeout: 40_000, interval: 100 };

/** Where agents write, whoever they run as. */
function aPlace(): string {
  const place = mkdtempSync(join(tmpdir(), 'baton-pacemaker-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  chmodSync(place, 0o777);
  return place;
}

/** A program that writes down what it is told of operations, a line each. */
function recorder(place: string, name: string) {
  const file = join(place, `${name}.lines`);
  const cells = ['node', 'rsc', 'task', 'status', 'rc', 'target_rc', 'desc', 'recipient'].map(
    (one) => `"$CRM_notify_${one}"`,
  );
  const program = join(place, name);
  const script = `[ -z "$BATON_NODE_ID" ] || exit 0\nprintf '%s|%s|%s|%s|%s|%s|%s|%s\\n' ${cells.join(' ')} >>'${file}'`;
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []);
  return { program, lines };
}

/** `baton pacemaker monitor` on the network of a node, by its remote CIB. */
async function monitored(
  cluster: TestCluster,
  place: string,
  agent: string,
  port: number,
  encryption: string,
) {
  const config = join(place, `${encryption}.json`);
  const Remote = { Host: '127.0.0.1', Port: port, Encryption: encryption };
  writeFileSync(config, JSON.stringify({ Pacemaker: { Remote }, PacemakerPassword: remote.password }), {
    mode: 0o600,
  });
  const words = [
    'monitor',
    '--from',
    'remote',
    '--config',
    config,
    '--external-agent',
    agent,
    '--external-recipient',
    'ops',
  ];
  const [, , pid = ''] = cluster.on('node1');
  const child = spawn('nsenter', ['-t', pid, '-n', process.execPath, bin, 'pacemaker', ...words]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (piece) => (said += String(piece)));
  child.stdout.resume();
  await expect.poll(() => said, patient).toContain('following the CIB');
  return { said: () => said };
}

it.skipIf(why !== null)(
  'what a real cluster does with a resource arrives as its own crm_mon and its alerts tell it, over TLS and without',
  { timeout: 240_000 },
  async () => {
    const place = aPlace();
    const spool = join(place, 'spool');
    const agent = join(place, 'agent');
    await runProgram(process.execPath, [bin, 'pacemaker', 'install-agent', agent, '--spool', spool], {
      timeoutMs: 20_000,
    });
    chmodSync(spool, 0o777);
    const cluster = await aCluster({ nodes: 1, fences: false, alerts: agent });
    await expect.poll(() => cluster.crmMon(), patient).toMatch(/id="db".* role="Started"/);
    const [theirs, tls, clear] = ['theirs', 'tls', 'clear'].map((name) => recorder(place, name));
    if (theirs === undefined || tls === undefined || clear === undefined) throw new Error('no recorders');
    const output = ['--output-as=xml', '--output-to=/run/crm_mon.xml', '-p', '/run/crm_mon.pid'];
    await cluster.run('node1', 'crm_mon', '-d', '-E', theirs.program, '-e', 'ops', '-W', ...output);
    await Promise.all([
      monitored(cluster, place, tls.program, remote.tls, 'anonymous-tls'),
      monitored(cluster, place, clear.program, remote.clear, 'none'),
    ]);
    const before = (await readSpool(spool)).spooled.length;

    const role = (word: string) =>
      cluster.run('node1', 'crm_resource', '-r', 'db', '--meta', '-p', 'target-role', '-v', word);
    await role('Stopped');
    await expect.poll(() => theirs.lines().join('\n'), patient).toMatch(/db\|stop\|0\|0/);
    await role('Started');
    await expect.poll(() => theirs.lines().join('\n'), patient).toMatch(/db\|monitor\|0\|0/);
    // Its state file is all that Dummy has: the next monitor fails, and the cluster starts it anew.
    await cluster.run('node1', 'sh', '-c', 'rm -f /run/Dummy-db.state /run/resource-agents/Dummy-db.state');
    await expect
      .poll(() => theirs.lines().join('\n'), patient)
      .toMatch(/db\|monitor\|0\|7\|0[\s\S]*db\|monitor\|0\|0\|0/);
    // Agents of crm_mon start in any order.
    await expect.poll(() => tls.lines().toSorted(), patient).toEqual(theirs.lines().toSorted());
    await expect.poll(() => clear.lines(), patient).toEqual(tls.lines());
    const told = theirs.lines();
    for (const line of [
      'node1|db|monitor|0|7|0|not running|ops',
      'node1|db|stop|0|0|0|OK|ops',
      'node1|db|start|0|0|0|OK|ops',
    ])
      expect(told).toContain(line);

    const alerts = async () => {
      const { spooled, refused } = await readSpool(spool);
      expect(refused).toEqual([]);
      const resources = spooled
        .slice(before)
        .flatMap(({ signal }) => (signal.kind === 'resource' ? [signal] : []));
      return resources.filter(({ status }) => status === 0);
    };
    // Alerts tell of no operation that is under way, of each failure once, and of monitors that were cancelled.
    const worked = ['stop 0', 'start 0', 'monitor 0', 'monitor 7', 'stop 0', 'start 0', 'monitor 0'];
    await expect
      .poll(async () => (await alerts()).map(({ task, rc }) => `${task} ${rc}`), patient)
      .toEqual(worked);
    expect(new Set((await alerts()).map(cellsOf))).toEqual(
      new Set(
        told.filter((line) => !line.includes('|-1|')).map((line) => line.split('|').slice(0, 6).join('|')),
      ),
    );
  },
);

function cellsOf(signal: Signal & { kind: 'resource' }): string {
  const { node, resource, task, status, rc, targetRc } = signal;
  return [node, resource, task, status, rc, targetRc].join('|');
}
