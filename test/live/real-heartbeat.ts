import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtTwin } from '../../src/process/built.ts';

const daemon = '/usr/libexec/heartbeat/heartbeat';
const bin = fileURLToPath(builtTwin(new URL('../../src/bin.ts', import.meta.url).href));

/** Null, or why no pair of a real heartbeat and Baton can be made here. */
export function whyNoHeartbeat(): string | null {
  if (!existsSync(daemon)) return 'heartbeat is not installed';
  const name = `batonwhy${process.pid}`;
  const { status, stderr, error } = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (status === 0) spawnSync('ip', ['netns', 'del', name]);
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

export interface Wiring {
  /** The lines of ha.cf for the links of a node whose peer has that last number in its addresses. */
  readonly links: (peer: number) => readonly string[];
  /** authkeys of the real daemon and, where they are others, of Baton. */
  readonly keys: string;
  readonly otherKeys?: string;
  /** Seconds; how long the other may take to come up. */
  readonly initdead?: number;
}

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let made = 0;

/** nodea, a real heartbeat that manages no resources, and nodeb, which is Baton; eth0 and eth1 are between them. */
export class RealHeartbeat {
  readonly folder = mkdtempSync(join(tmpdir(), 'baton-heartbeat-'));
  readonly #prefix = nextPrefix();
  readonly #children: ChildProcess[] = [];
  readonly #real: ChildProcess;
  #baton?: ChildProcess;

  constructor(wiring: Wiring, atEnd: (unmake: () => void) => void) {
    atEnd(() => this.#unmake());
    this.#wire();
    for (const [node, peer, keys] of [
      ['a', 2, wiring.keys],
      ['b', 1, wiring.otherKeys ?? wiring.keys],
    ] as const)
      this.#writeFiles(node, wiring, wiring.links(peer), keys);
    const script = join(this.folder, 'real.sh');
    writeFileSync(script, realScript);
    const apart = ['unshare', '-m', '-u', '-p', '-f', '--kill-child', 'sh', script, this.folder];
    this.#real = this.#inside('a', apart);
  }

  /** What the real cl_status says on nodea. */
  async clStatus(...words: readonly string[]): Promise<Ended> {
    const children = `/proc/${this.#real.pid}/task/${this.#real.pid}/children`;
    const [pid = ''] = readFileSync(children, 'utf8').split(' ');
    return await ran('nsenter', ['-t', pid, '-m', '-u', '-n', '-p', 'cl_status', ...words]);
  }

  startBaton(): void {
    const file = (name: string) => join(this.folder, 'b', name);
    const words = [
      '--ha-cf',
      file('ha.cf'),
      '--authkeys',
      file('authkeys'),
      '--node',
      'nodeb',
      '--state',
      file('state'),
    ];
    this.#baton = this.#inside('b', [process.execPath, bin, 'heartbeat', 'run', ...words]);
  }

  signalBaton(signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#baton?.kill(signal);
  }

  async baton(...words: readonly string[]): Promise<Ended> {
    return await ran(process.execPath, [bin, ...words, '--state', join(this.folder, 'b', 'state')]);
  }

  /** Cuts or mends the far end, so that both keep their addresses. */
  link(device: 'eth0' | 'eth1', up: boolean): void {
    ip('-n', this.#network('s'), 'link', 'set', `${device}a`, up ? 'up' : 'down');
  }

  log(): string {
    return readFileSync(join(this.folder, 'a', 'log'), 'utf8');
  }

  #network(node: string): string {
    return `${this.#prefix}${node}`;
  }

  #wire(): void {
    for (const node of ['a', 'b', 's']) ip('netns', 'add', this.#network(node));
    const between = this.#network('s');
    for (const [at, device] of ['eth0', 'eth1'].entries()) {
      ip('-n', between, 'link', 'add', `br${at}`, 'type', 'bridge', 'mcast_snooping', '0');
      ip('-n', between, 'link', 'set', `br${at}`, 'up');
      for (const [number, node] of ['a', 'b'].entries()) {
        const own = this.#network(node);
        ip(
          'link',
          'add',
          device,
          'netns',
          own,
          'type',
          'veth',
          'peer',
          'name',
          `${device}${node}`,
          'netns',
          between,
        );
        ip('-n', between, 'link', 'set', `${device}${node}`, 'master', `br${at}`, 'up');
        ip('-n', own, 'addr', 'add', `10.99.${at}.${number + 1}/24`, 'brd', '+', 'dev', device);
        for (const name of ['lo', device]) ip('-n', own, 'link', 'set', name, 'up');
      }
    }
  }

  #writeFiles(node: string, { initdead = 30 }: Wiring, links: readonly string[], keys: string): void {
    const folder = join(this.folder, node);
    mkdirSync(folder);
    const lines = [
      `logfile ${join(folder, 'log')}`,
      'logfacility none',
      'realtime off',
      'keepalive 300ms',
      'warntime 1500ms',
      'deadtime 4',
      `initdead ${initdead}`,
      'udpport 694',
      ...links,
      'auto_failback legacy',
      'node nodea nodeb',
    ];
    writeFileSync(join(folder, 'ha.cf'), `${lines.join('\n')}\n`);
    writeFileSync(join(folder, 'authkeys'), keys, { mode: 0o600 });
    writeFileSync(join(folder, 'haresources'), '');
    if (node === 'a') {
      cpSync('/etc/ha.d/', join(this.folder, 'ha.d'), { recursive: true, dereference: true });
      cpSync(folder, join(this.folder, 'ha.d'), { recursive: true });
    }
  }

  #inside(node: string, words: readonly string[]): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.#network(node), ...words], { stdio: 'ignore' });
    this.#children.push(child);
    return child;
  }

  #unmake(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const node of ['a', 'b', 's']) spawnSync('ip', ['netns', 'del', this.#network(node)]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Everything that the daemon writes is its own, and it cannot restart the machine. */
const realScript = `set -e
folder=$1
hostname nodea
mount --make-rprivate /
mount -t tmpfs none /var/lib/heartbeat
for name in api casual ccm ckpt cores cores/root cores/hacluster cores/nobody crm lrm pengine; do
  mkdir -p /var/lib/heartbeat/$name
done
mount -t tmpfs -o mode=755 none /run/heartbeat
for name in ccm crm dopd rsctmp; do mkdir -p /run/heartbeat/$name; done
chown -R hacluster:haclient /run/heartbeat /var/lib/heartbeat/ccm /var/lib/heartbeat/cores/hacluster
mount --bind "$folder/ha.d" /etc/ha.d
for program in /sbin/reboot /sbin/init; do
  if [ -e $program ]; then mount --bind /bin/true $program; fi
done
mount -t proc proc /proc
exec ${daemon} -f -M
`;

/** Short: the names of interfaces are bounded. */
function nextPrefix(): string {
  made += 1;
  return `bh${process.pid % 10_000}x${made}`;
}

async function ran(program: string, words: readonly string[]): Promise<Ended> {
  return await new Promise((resolve) => {
    execFile(program, [...words], { timeout: 20_000 }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ exit, stdout, stderr });
    });
  });
}

function ip(...words: readonly string[]): void {
  execFileSync('ip', words);
}
