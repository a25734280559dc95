import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { environments, messageText, numbers } from '../protocols/pacemaker/recorded.ts';
import { patient } from './waits.ts';

const bin = fileURLToPath(builtTwin(new URL('../../src/bin.ts', import.meta.url).href));
const columns = ['node', 'rsc', 'task', 'status', 'rc', 'target_rc', 'desc', 'recipient'];
const cells = columns.map((name) => `"$CRM_notify_${name}"`);

/** An external agent that writes down what it was told. */
async function anAgent(script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'baton-agent-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const agent = join(folder, 'agent');
  await writeFile(agent, `#!/bin/sh\n${script}\n`);
  await chmod(agent, 0o755);
  await mkdir(join(folder, 'spool'));
  return { agent, folder };
}

const monitor = (agent: string, input: string, env: Record<string, string> = {}) =>
  runProgram(
    process.execPath,
    [bin, 'pacemaker', 'monitor', '--external-agent', agent, '--external-recipient', 'rcpt', '--from', '-'],
    { timeoutMs: 60_000, input, env },
  );

it('an external agent is called for recorded messages as crm_mon called it, and of nodes beside, one after the other', async () => {
  const { agent, folder } = await anAgent(
    `cd "$(dirname "$0")"
[ $# -eq 0 ] || exit 1
if [ -n "$BATON_NODE_ID" ]; then printf '%s %s\\n' "$CRM_notify_node" "$BATON_NODE_EVENT" >>nodes
else printf '%s\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\n' ${cells.join(' ')} >>calls; fi`,
  );
  const messages = numbers.map((number) => messageText(number, 'v2'));
  const stale = { CRM_notify_rsc: 'stale', BATON_NODE_ID: '9' };
  const { exitCode, stdout, stderr } = await monitor(agent, messages.join(''), stale);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const called = (await readFile(join(folder, 'calls'), 'utf8')).trimEnd().split('\n');
  expect(called.toSorted()).toEqual([...environments('v2').values()].flat().toSorted());
  const nodes = (await readFile(join(folder, 'nodes'), 'utf8')).trimEnd().split('\n');
  expect(nodes.filter((line) => !line.endsWith(' '))).toEqual([
    'node2 unexpected loss',
    'node2 rejoin',
    'node2 clean stop',
    'node2 rejoin',
  ]);
  expect(stdout.split('\n')).toHaveLength(called.length + nodes.length);
});

it('an external agent that fails is told of, and so is one that cannot be run', async () => {
  const { agent, folder } = await anAgent('echo "no mail today"; exit 3');
  const [{ exitCode, stdout }, missing] = await Promise.all([
    monitor(agent, messageText('00200', 'v2')),
    monitor(join(folder, 'nobody'), ''),
  ]);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    variables: { CRM_notify_rsc: 'mig' },
    ended: 'exited',
    exitCode: 3,
    output: 'no mail today\n',
  });
  expect(missing).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('no program that may be run'),
  });
});

it('an external agent is called for every file of a spool though the monitor is killed, and again only for the call that was under way', async () => {
  const { agent, folder } = await anAgent(
    `cd "$(dirname "$0")"; echo "$CRM_notify_rsc" >>calls; [ "$CRM_notify_rsc" != r2 ] || while [ ! -e gate ]; do sleep 0.05; done`,
  );
  const spool = join(folder, 'spool');
  for (const at of [1, 2, 3])
    await writeFile(
      join(spool, `${at}.1.signal`),
      [`node=a`, `rsc=r${at}`, 'task=start', 'status=0', 'rc=0', 'target_rc=0']
        .map((pair) => `CRM_notify_${pair}\0`)
        .join(''),
    );
  const watch = () => {
    const words = [
      '--external-agent',
      agent,
      '--external-recipient',
      'rcpt',
      '--from',
      'spool',
      '--spool',
      spool,
    ];
    const child = spawn(process.execPath, [bin, 'pacemaker', 'monitor', ...words], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const calls = () => readFile(join(folder, 'calls'), 'utf8').catch(() => '');
  const first = watch();
  await expect.poll(calls, patient).toBe('r1\nr2\n');
  const gone = once(first, 'exit');
  first.kill('SIGKILL');
  await gone;
  await writeFile(join(folder, 'gate'), '');
  watch();
  await expect.poll(() => readdir(spool), patient).toEqual([]);
  expect(await calls()).toBe('r1\nr2\nr2\nr3\n');
});
