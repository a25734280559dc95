import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Daemon } from '../../src/cli/daemon.ts';
import { builtTwin } from '../../src/process/built.ts';
import { configText, leaseScript } from '../../src/protocols/keepalived/config-text.ts';
import {
  type Fault,
  fifoLine,
  importConf,
  planOfConf,
  predict,
  type RouterPlan,
} from '../../src/protocols/keepalived/index.ts';
import { parseFifoLine } from '../../src/protocols/keepalived/watch/fifo-line.ts';
import { Shadow } from '../../src/protocols/keepalived/watch/shadow.ts';
import { readStateDump } from '../../src/signals/keepalived/state-dump.ts';
import { aController, answering, aScene, configured, portOn, writableOn } from './scene.ts';
import { TwoRouters, whyNoRouters } from './two-routers.ts';

const why = whyNoRouters();
if (why !== null) process.stderr.write(`two routers with a real keepalived are left out: ${why}\n`);

const bin = new URL(builtTwin(new URL('../../src/bin.ts', import.meta.url).href)).pathname;
const patient = { timeout: 30_000, interval: 20 };
const optional = /MASTER_RX_LOWER_PRI/;

interface Kind {
  readonly name: string;
  readonly weight: string;
  readonly grouped: boolean;
}

const kinds: readonly Kind[] = [
  { name: 'a script and an interface without weight', weight: '', grouped: false },
  { name: 'a script and an interface with weight', weight: 'weight -60', grouped: false },
  { name: 'a sync group', weight: '', grouped: true },
];

function confOf(routers: TwoRouters, { weight, grouped }: Kind): string {
  const check = (id: string) => join(routers.folder, `check${id}`);
  const instance = (name: string, at: number, tracked: string) => `vrrp_instance ${name} {
    state BACKUP
    version 3
    interface eth0
    virtual_router_id ${50 + at}
    @A priority 150
    @B priority 100
    advert_int 0.3
    virtual_ipaddress {
        10.77.0.${99 + at}/24
    }
    ${tracked}
}
`;
  const tracks = `track_script {\nchk ${weight}\n}\ntrack_interface {\neth1 ${weight}\n}`;
  return `global_defs {
    script_user root
    # Whom a busy machine gives no time for three adverts has another master beside it.
    vrrp_priority -15
    vrrp_notify_priority_changes on
    @A vrrp_notify_fifo ${routers.fifo('A')}
    @B vrrp_notify_fifo ${routers.fifo('B')}
}
vrrp_script chk {
    @A script ${check('A')}
    @B script ${check('B')}
    interval 1
}
${instance('VI_1', 1, grouped ? '' : tracks)}
${grouped ? instance('VI_2', 2, '') : ''}
${grouped ? `vrrp_sync_group VG {\ngroup {\nVI_1\nVI_2\n}\n${tracks}\n}` : ''}
`;
}

/** What the script of a router answers from now on. */
function answer(routers: TwoRouters, id: string, code: number): void {
  const file = join(routers.folder, `check${id}`);
  writeFileSync(`${file}.new`, `#!/bin/sh\nexit ${code}\n`);
  chmodSync(`${file}.new`, 0o755);
  writeFileSync(file, readFileSync(`${file}.new`));
  chmodSync(file, 0o755);
}

describe.skipIf(why !== null)('two real keepalived', () => {
  it.concurrent.for(kinds)(
    'with $name do what is foretold of them, and their shadows find no drift',
    // Beside others, what is imported may be that of another test.
    async (kind, { expect, onTestFinished }) => {
      const routers = await TwoRouters.make(onTestFinished);
      const file = routers.configFile(confOf(routers, kind));
      const faults: Fault[] = [];
      const done = (router: string, what: object) =>
        faults.push({ atMs: routers.now() * 1_000, router, ...what } as Fault);
      /** When it told the first time: before that it reads its configuration, on a busy machine for a while. */
      const started = async (id: string) => {
        const { length } = routers.lines;
        const first = () => routers.lines.slice(length).find(({ node }) => node === id);
        routers.start(id);
        await expect.poll(first, patient).toBeDefined();
        faults.push({ atMs: (first()?.t ?? 0) * 1_000 - 10, router: id, do: 'start' });
      };
      const text = readFileSync(file, 'utf8');
      const plans = TwoRouters.ids.map((id, address) =>
        planOfConf(importConf({ file, text }, { id }), { id, profile: '2.x', address }),
      );
      /** All that comes of what was done so far, however long the real ones take for it. */
      const foretold = () => predict(plans, faults, routers.now() * 1_000 + 60_000);
      const ours = ({ id }: RouterPlan) =>
        foretold().flatMap(({ router, told }) => (router === id ? [fifoLine(told)] : []));
      const real = ({ id }: RouterPlan) =>
        routers.lines.filter(({ node, text: line }) => node === id && !optional.test(line));
      // Which member of a group leads is a matter of microseconds.
      const byName = (lines: readonly string[]) =>
        ['VI_1', 'VI_2', 'VG'].map((name) => lines.filter((line) => line.includes(`"${name}"`)));
      /** Both are done: what was foretold for a moment to come would be foretold anew by the next fault. */
      const settled = async () => {
        await expect
          .poll(() => plans.map((plan) => byName(real(plan).map(({ text: line }) => line))), patient)
          .toEqual(plans.map((plan) => byName(ours(plan))));
        const last = Math.max(...foretold().map(({ atMs }) => atMs));
        await expect.poll(() => routers.now() * 1_000, patient).toBeGreaterThan(last);
      };

      for (const id of TwoRouters.ids) {
        answer(routers, id, 0);
        await started(id);
        await settled();
      }
      for (const code of [1, 0]) {
        done('A', { do: 'exit', script: 'chk', outcome: code });
        answer(routers, 'A', code);
        await settled();
      }
      for (const up of [false, true]) {
        done('A', { do: 'link', interface: 'eth1', up });
        routers.link('A', up);
        await settled();
      }
      done('A', { do: 'kill' });
      routers.kill('A');
      await settled();
      await started('A');
      await settled();
      done('A', { do: 'stop' });
      routers.stop('A');
      await settled();

      for (const plan of plans) {
        const shadow = new Shadow(plan);
        const drifts = real(plan).flatMap(({ t, text: line }) => {
          const told = parseFifoLine(line);
          return told === null ? [] : (shadow.hear(told, t * 1_000) ?? []);
        });
        expect(drifts).toEqual([]);
      }
    },
  );
});

/** For how many seconds nobody held the address between two moments, and whether two ever did. */
function heldBy(routers: TwoRouters, fromSeconds: number) {
  const holders = new Set<string>();
  let [free, emptySince, atMost]: [number, number | null, number] = [0, null, 0];
  for (const { t, node, held } of routers.addresses) {
    holders[held ? 'add' : 'delete'](node);
    atMost = Math.max(atMost, holders.size);
    if (holders.size === 0) emptySince = t;
    else if (emptySince !== null) {
      if (emptySince >= fromSeconds) free += t - emptySince;
      emptySince = null;
    }
  }
  return { holders: [...holders], free, atMost };
}

describe.skipIf(why !== null)('the address of a primary', () => {
  it('moves with it, planned and when it dies, never has two holders, and is given up when no controller renews its lease; what keepalived tells stands with the cluster', async () => {
    const [routers, scene] = await Promise.all([TwoRouters.make(onTestFinished), aScene({ servers: 2 })]);
    const [first, second] = scene.keys;
    if (first === undefined || second === undefined) throw new Error('two servers');
    const own = (name: string) => (id: string) => join(routers.folder, `${name}${id}`);
    const [role, lease, script] = [own('role'), own('lease'), join(routers.folder, 'baton-lease')];
    writeFileSync(script, leaseScript, { mode: 0o755 });
    const conf = configText({
      instance: 'VI_MYSQL',
      interface: 'eth0',
      routerId: 51,
      priority: 100,
      advertSeconds: 0.1,
      address: '10.77.0.100/24',
      roleFile: 'ROLE',
      fifo: 'FIFO',
      lease: { script, file: 'LEASE', seconds: 3 },
    });
    const forEach = (word: string, of: (id: string) => string) => (text: string) =>
      text.replace(new RegExp(`^(.*)${word}(.*)$`, 'm'), (_, before: string, after: string) =>
        TwoRouters.ids.map((id) => `@${id} ${before.trimStart()}${of(id)}${after}`).join('\n'),
      );
    const both = [forEach('FIFO', (id) => routers.fifo(id)), forEach('ROLE', role), forEach('LEASE', lease)];
    const [Fifo, watched] = [routers.secondFifo('A'), routers.secondFifo('B')];
    routers.configFile(
      both
        .reduce((text, made) => made(text), conf)
        .replace('global_defs {', `global_defs {\n    @A notify_fifo ${Fifo}\n    @B notify_fifo ${watched}`),
    );
    const watch = watching(watched, routers);
    for (const id of TwoRouters.ids) routers.start(id);
    const config = await configured(scene, {
      Publish: [
        {
          Kind: 'track-file',
          Clusters: ['*'],
          Files: { [first]: role('A'), [second]: role('B') },
          Leases: { [first]: lease('A'), [second]: lease('B') },
        },
      ],
      SignalNodes: { A: [first], B: [second] },
      Keepalived: [{ Node: 'A', Fifo, PidFile: routers.vrrpPidFile('A'), DumpFile: routers.dumpFile('A') }],
    });
    const { daemon, process: controller } = await aController(scene, config);
    await expect.poll(() => answering(daemon), patient).toBe(2);
    await expect.poll(() => heldBy(routers, 0).holders, patient).toEqual(['A']);
    const dump = await readStateDump(routers.vrrpPidFile('A'), routers.dumpFile('A'));
    expect(dump).toEqual([{ name: 'VI_MYSQL', state: 'MASTER', priority: 100 }]);
    await expect.poll(() => wordsOf(daemon), patient).toContain('A: "VI_MYSQL" is MASTER');

    const stoodStill = monitorEventLoopDelay({ resolution: 10 });
    stoodStill.enable();
    const began = routers.now();
    await takeover(daemon, scene.primary, second);
    await expect.poll(() => heldBy(routers, 0).holders, patient).toEqual(['B']);
    const planned = heldBy(routers, began);
    process.stderr.write(`planned move: nobody held the address for ${planned.free.toFixed(3)} s\n`);
    expect(planned).toMatchObject({ atMost: 1 });
    // What the machine did not run this process for, it may not have run keepalived for.
    expect(planned.free).toBeLessThanOrEqual(0.2 + stoodStill.max / 1e9);

    await expect.poll(() => wordsOf(daemon), patient).toContain('A: "VI_MYSQL" is in FAULT');
    await expect.poll(() => watch.said(), patient).toContain('instance VI_MYSQL: MASTER, priority 100');
    expect(watch.complaints()).toBe('');
    // It forbids nothing and asks for nothing: the takeover is the only change there was.
    expect(await daemon.get('/baton/v1/recoveries')).toHaveLength(1);

    routers.crash('B');
    await scene.sandbox.kill(portOn(scene, second));
    await expect.poll(() => writableOn(scene), patient).toEqual([first]);
    await expect.poll(() => routers.addresses.at(-1), patient).toMatchObject({ node: 'A', held: true });
    expect(heldBy(routers, began).atMost).toBe(1);

    controller.signal('SIGKILL');
    await expect.poll(() => routers.addresses.at(-1), patient).toMatchObject({ node: 'A', held: false });
  });
});

/** `baton vrrp watch` of router B, whose FIFO it reads from before its keepalived starts. */
function watching(fifo: string, routers: TwoRouters) {
  const words = ['vrrp', 'watch', fifo, '--id', 'B', '--conf', join(routers.folder, 'keepalived.conf')];
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGTERM'));
  let [said, complaints] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (said += String(text)));
  child.stderr.on('data', (text: Buffer) => (complaints += String(text)));
  return { said: () => said, complaints: () => complaints };
}

/** What was told of hosts, in sentences. */
async function wordsOf(daemon: Daemon): Promise<readonly string[]> {
  const signals = (await daemon.get('/baton/v1/signals')) as readonly { because: string }[];
  return signals.map(({ because }) => because);
}

async function takeover(daemon: Daemon, primary: string, to: string): Promise<void> {
  const path = `/baton/v1/clusters/${encodeURIComponent(primary)}/takeover`;
  const { uid } = (await daemon.post(path, { by: 'ann', why: 'the kernel wants a reboot', to })) as {
    uid: string;
  };
  const read = async () =>
    (await daemon.get(`/baton/v1/recoveries/${encodeURIComponent(uid)}`)) as {
      recovery: { endedAt: number | null };
    };
  await expect.poll(async () => (await read()).recovery.endedAt, patient).not.toBeNull();
}
