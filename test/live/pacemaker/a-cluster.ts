import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { runProgram } from '../../../src/process/run-program.ts';

const patient = { timeout: 40_000, interval: 100 };
const fences =
  '<primitive id="fence" class="stonith" type="fence_baton"><instance_attributes id="fi"><nvpair id="fh" name="pcmk_host_list" value="node1 node2"/></instance_attributes></primitive>';

/** The ports of the remote CIB protocol on every node, and the password of hacluster there. */
export const remote = { tls: 2391, clear: 2390, password: 'correct horse <&">' } as const;

/** Null, or why this machine can have no cluster of its own. */
export function whyNoCluster(): string | null {
  if (process.getuid?.() !== 0) return 'only root may make the namespaces of a cluster';
  for (const program of [
    'corosync',
    'pacemakerd',
    'crm_mon',
    'ip',
    'unshare',
    'setpriv',
    'nsenter',
    'openssl',
  ])
    if (spawnSync(program, ['--help']).error) return `${program} is missing`;
  const tried = spawnSync('unshare', ['-n', '-m', '-u', '-p', '--fork', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? null : tried.stderr.trim();
}

export interface TestCluster {
  readonly folder: string;
  /** The words that run a program on a node. */
  on(node: string): readonly string[];
  run(node: string, ...words: readonly string[]): Promise<string>;
  /** As a power cut would. */
  kill(node: string): Promise<void>;
  start(node: string): Promise<void>;
  /** The line of crm_mon about a node, or a resource. */
  crmMon(): Promise<string>;
}

/** A real cluster of Pacemaker and corosync in namespaces of its own, with one Dummy resource `db`. */
export async function aCluster(options: {
  nodes: 1 | 2;
  fences: boolean;
  alerts: string;
}): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-cluster-'));
  prepare(folder, options);
  const script = fileURLToPath(new URL('cluster.sh', import.meta.url));
  const words = ['--pdeathsig', 'KILL', 'unshare', '-n', '-m', 'sh', script, folder, String(options.nodes)];
  const nodes: ChildProcess = spawn('setpriv', words, { stdio: 'ignore' });
  onTestFinished(async () => {
    nodes.kill('SIGKILL');
    for (const node of namesOf(options.nodes)) killed(pidOf(folder, node));
    await new Promise((resolve) => setTimeout(resolve, 50));
    rmSync(folder, { recursive: true, force: true });
  });
  const on = (node: string) => ['nsenter', '-t', pidOf(folder, node), '-m', '-n', '-u', '-p'];
  const run = async (node: string, ...words: readonly string[]) => {
    const [program = '', ...rest] = [...on(node), ...words];
    const ran = await runProgram(program, rest, { timeoutMs: 15_000 });
    if (ran.exitCode !== 0) throw new Error(`${words.join(' ')}: ${ran.stderr}${ran.stdout}`);
    return ran.stdout;
  };
  const asked = async (what: string) => {
    const request = join(folder, 'requests', what);
    writeFileSync(request, '');
    await expect.poll(() => existsSync(request), patient).toBe(false);
  };
  const cluster: TestCluster = {
    folder,
    on,
    run,
    kill: (node) => asked(`kill.${node}`),
    start: (node) => asked(`start.${node}`),
    crmMon: () => run('node1', 'crm_mon', '-1', '--output-as=xml').catch(String),
  };
  await expect.poll(() => existsSync(join(folder, `node${options.nodes}`, 'pid')), patient).toBe(true);
  return cluster;
}

function namesOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `node${at + 1}`);
}

function pidOf(folder: string, node: string): string {
  const file = join(folder, node, 'pid');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

function killed(pid: string): void {
  try {
    if (pid !== '') process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function prepare(
  folder: string,
  { nodes, fences: isFencing, alerts }: { nodes: number; fences: boolean; alerts: string },
): void {
  chmodSync(folder, 0o755);
  for (const inner of ['sbin', 'requests']) mkdirSync(join(folder, inner));
  chmodSync(join(folder, 'requests'), 0o777);
  const agent = join(folder, 'sbin/fence_baton');
  cpSync(fileURLToPath(new URL('fence_baton', import.meta.url)), agent);
  writeFileSync(agent, readFileSync(agent, 'utf8').replace('@requests@', join(folder, 'requests')));
  chmodSync(agent, 0o755);
  const { stdout } = spawnSync('openssl', ['passwd', '-6', '-stdin'], {
    input: remote.password,
    encoding: 'utf8',
  });
  writeFileSync(join(folder, 'password'), stdout.trim());
  const [uid, gid] = ['-u', '-g'].map((word) =>
    Number(spawnSync('id', [word, 'hacluster'], { encoding: 'utf8' }).stdout),
  );
  for (const node of namesOf(nodes)) {
    const own = join(folder, node);
    for (const inner of [
      'etc',
      'log',
      'lib/corosync',
      ...['cib', 'cores', 'pengine', 'blackbox'].map((one) => `lib/pacemaker/${one}`),
    ])
      mkdirSync(join(own, inner), { recursive: true });
    writeFileSync(join(own, 'etc/corosync.conf'), corosyncText(nodes));
    writeFileSync(join(own, 'lib/pacemaker/cib/cib.xml'), cibText(isFencing, alerts), { mode: 0o600 });
    for (const inner of [
      'log',
      'lib/pacemaker',
      'lib/pacemaker/cib',
      'lib/pacemaker/cores',
      'lib/pacemaker/pengine',
      'lib/pacemaker/blackbox',
      'lib/pacemaker/cib/cib.xml',
    ])
      chownSync(join(own, inner), uid ?? 0, gid ?? 0);
  }
}

function corosyncText(nodes: number): string {
  const list = namesOf(nodes).map(
    (name, at) => `  node {\n    ring0_addr: 10.9.0.${at + 1}\n    name: ${name}\n    nodeid: ${at + 1}\n  }`,
  );
  return `totem {
  version: 2
  cluster_name: baton
  transport: udpu
  token: 2000
  crypto_cipher: none
  crypto_hash: none
}
nodelist {
${list.join('\n')}
}
quorum {
  provider: corosync_votequorum
  ${nodes === 2 ? 'two_node: 1\n  wait_for_all: 0' : ''}
}
logging {
  to_stderr: yes
  to_syslog: no
}
system {
  sched_rr: no
  move_to_root_cgroup: no
}
`;
}

function cibText(isFencing: boolean, alerts: string): string {
  const settings = {
    'stonith-enabled': String(isFencing),
    'dc-deadtime': '1s',
    'no-quorum-policy': 'ignore',
  };
  const pairs = Object.entries(settings).map(
    ([name, value], at) => `<nvpair id="o${at}" name="${name}" value="${value}"/>`,
  );
  return `<cib crm_feature_set="3.16.1" validate-with="pacemaker-3.9" epoch="1" num_updates="0" admin_epoch="1" remote-tls-port="${remote.tls}" remote-clear-port="${remote.clear}">
<configuration><crm_config><cluster_property_set id="cib-bootstrap-options">${pairs.join('')}</cluster_property_set></crm_config><nodes/>
<resources>${isFencing ? fences : ''}<primitive id="db" class="ocf" provider="pacemaker" type="Dummy"><operations><op id="m" name="monitor" interval="1s" timeout="10s"/></operations></primitive></resources>
<constraints/><alerts><alert id="baton" path="${alerts}"/></alerts></configuration><status/></cib>
`;
}
