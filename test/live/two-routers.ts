import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fifoLine } from '../../src/protocols/keepalived/index.ts';
import { type FifoReader, type Heard, readFifo } from '../../src/signals/keepalived/fifo.ts';

/** Null, or why two routers with a real keepalived cannot be made here. */
export function whyNoRouters(): string | null {
  if (spawnSync('keepalived', ['--version']).error !== undefined) return 'keepalived is not installed';
  const name = `batonwhy${process.pid}`;
  const { status, stderr, error } = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (status === 0) spawnSync('ip', ['netns', 'del', name]);
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

export interface Line {
  /** Seconds since the routers were made. */
  readonly t: number;
  readonly node: string;
  readonly text: string;
}

let made = 0;

/** Two routers, A and B, in networks of their own, with eth0 on one bridge and an eth1 whose other end goes up and down. */
export class TwoRouters {
  static readonly ids = ['A', 'B'] as const;
  /** keepalived trusts no script that lies where others may write. */
  readonly folder = mkdtempSync('/run/baton-vrrp-');
  readonly lines: Line[] = [];
  /** Who got or lost an address of eth0, as the kernel says it. */
  readonly addresses: { readonly t: number; readonly node: string; readonly held: boolean }[] = [];
  readonly #prefix = nextPrefix();
  readonly #running = new Map<string, ChildProcess>();
  readonly #monitors: ChildProcess[] = [];
  readonly #readers: FifoReader[] = [];
  readonly #began = performance.now();

  /** `atEnd` is of the test that has them made: beside others, the hook that is imported may be that of another. */
  static async make(atEnd: (unmake: () => void) => void): Promise<TwoRouters> {
    const routers = new TwoRouters();
    atEnd(() => routers.#unmake());
    routers.#wire();
    for (const id of TwoRouters.ids) {
      execFileSync('mkfifo', ['-m', '600', routers.fifo(id)]);
      const reader = await readFifo(routers.fifo(id), (heard) => routers.#hear(id, heard));
      routers.#readers.push(reader);
      routers.#monitor(id);
    }
    return routers;
  }

  now(): number {
    return (performance.now() - this.#began) / 1_000;
  }

  fifo(id: string): string {
    return join(this.folder, `fifo${id}`);
  }

  /** Another one, which the test leaves to whom it tries. */
  secondFifo(id: string): string {
    const path = join(this.folder, `second${id}`);
    execFileSync('mkfifo', ['-m', '600', path]);
    return path;
  }

  configFile(text: string): string {
    const file = join(this.folder, 'keepalived.conf');
    writeFileSync(file, text);
    return file;
  }

  start(id: string): void {
    const own = (name: string) => join(this.folder, `${id}.${name}`);
    for (const name of ['pid', 'vrrp.pid']) rmSync(own(name), { force: true });
    const words = ['-P', '-n', '-l', '-D', '-i', id, '-f', join(this.folder, 'keepalived.conf')];
    const pids = ['-p', own('pid'), '-r', own('vrrp.pid')];
    mkdirSync(own('tmp'), { recursive: true });
    const child = this.#inside(id, ['env', `TMPDIR=${own('tmp')}`, 'keepalived', ...words, ...pids]);
    this.#running.set(id, child);
  }

  stop(id: string): void {
    this.#running.get(id)?.kill('SIGTERM');
    this.#running.delete(id);
  }

  /** Its child first: the other way round the child would take leave of its neighbours. */
  kill(id: string): void {
    process.kill(this.vrrpPid(id), 'SIGKILL');
    this.#running.get(id)?.kill('SIGKILL');
    this.#running.delete(id);
  }

  /** Its host goes down: nothing comes from it any more, so it holds no address, though its network still has one. */
  crash(id: string): void {
    ip('-n', this.#network('S'), 'link', 'set', `near${id}`, 'down');
    this.kill(id);
    this.addresses.push({ t: this.now(), node: id, held: false });
  }

  vrrpPidFile(id: string): string {
    return join(this.folder, `${id}.vrrp.pid`);
  }

  /** Where it writes how its instances stand; others of this machine would write theirs to the same place. */
  dumpFile(id: string): string {
    return join(this.folder, `${id}.tmp`, 'keepalived.json');
  }

  vrrpPid(id: string): number {
    return Number(readFileSync(this.vrrpPidFile(id), 'utf8'));
  }

  link(id: string, up: boolean): void {
    ip('-n', this.#network('S'), 'link', 'set', `far${id}`, up ? 'up' : 'down');
  }

  #network(id: string): string {
    return `${this.#prefix}${id}`;
  }

  #wire(): void {
    for (const id of [...TwoRouters.ids, 'S']) ip('netns', 'add', this.#network(id));
    const between = this.#network('S');
    ip('-n', between, 'link', 'add', 'br0', 'type', 'bridge');
    ip('-n', between, 'link', 'set', 'br0', 'up');
    for (const [at, id] of TwoRouters.ids.entries()) {
      const own = this.#network(id);
      const pair = (name: string, other: string) =>
        ip('link', 'add', name, 'netns', own, 'type', 'veth', 'peer', 'name', other, 'netns', between);
      pair('eth0', `near${id}`);
      pair('eth1', `far${id}`);
      ip('-n', between, 'link', 'set', `near${id}`, 'master', 'br0', 'up');
      ip('-n', between, 'link', 'set', `far${id}`, 'up');
      for (const name of ['lo', 'eth0', 'eth1']) ip('-n', own, 'link', 'set', name, 'up');
      ip('-n', own, 'addr', 'add', `10.77.0.${at + 1}/24`, 'dev', 'eth0');
    }
  }

  #inside(id: string, words: readonly string[]): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.#network(id), ...words], { stdio: 'ignore' });
  }

  #hear(node: string, heard: Heard): void {
    if (heard.type !== 'told') return;
    this.lines.push({ t: this.now(), node, text: fifoLine(heard.told) });
  }

  #monitor(node: string): void {
    const child = spawn('ip', ['-n', this.#network(node), 'monitor', 'address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#monitors.push(child);
    child.stdout.on('data', (text: Buffer) => {
      for (const line of String(text).split('\n'))
        if (line.includes('10.77.0.100/'))
          this.addresses.push({ t: this.now(), node, held: !line.startsWith('Deleted') });
    });
  }

  #unmake(): void {
    for (const reader of this.#readers) reader.close();
    for (const child of [...this.#running.values(), ...this.#monitors]) child.kill('SIGTERM');
    for (const id of [...TwoRouters.ids, 'S']) spawnSync('ip', ['netns', 'del', this.#network(id)]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Short: the names of interfaces are bounded. */
function nextPrefix(): string {
  made += 1;
  return `bt${process.pid % 10_000}x${made}`;
}

function ip(...words: readonly string[]): void {
  execFileSync('ip', words);
}
