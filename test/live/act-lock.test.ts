import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/controller/system.ts';
import type { Order } from '../../src/engine/ports.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { MysqlServers } from '../../src/mysql/servers.ts';
import { builtTwin } from '../../src/process/built.ts';
import { flavoursHere } from './flavours.ts';
import { aScene, portOn, type Scene } from './scene.ts';
import { patient } from './waits.ts';

const stopping = fileURLToPath(builtTwin(new URL('../processes/stopping-leader.ts', import.meta.url).href));
const run = promisify(execFile);

function serversOf(scene: Scene): MysqlServers {
  const access = { ...scene.sandbox.credentials.topology, connectTimeoutMs: 2_000, tls: null };
  const servers = new MysqlServers({
    access,
    clock: systemClock,
    useSuperReadOnly: false,
    replication: { query: '', ...scene.sandbox.credentials.replication },
    onLost: () => {},
  });
  onTestFinished(() => servers.close());
  return servers;
}

async function stateOf(servers: MysqlServers, key: InstanceKey) {
  const [seen] = await servers.look([key], 5_000);
  const { readOnly = null, replication = null } = seen?.server ?? {};
  return { readOnly, source: replication?.source ?? null, sqlThread: replication?.sqlThread ?? null };
}

/** A leader that stands still at the N-th look at its lease, until it is continued; `ended` is what it says then. */
function stopsAt(scene: Scene, order: Order | { readonly ready: InstanceKey }, look: number) {
  const words = [stopping, JSON.stringify(order), JSON.stringify(scene.sandbox.credentials.topology)];
  const ended = run(process.execPath, [...words, String(look)]);
  const { pid = 0 } = ended.child;
  onTestFinished(() => void ended.child.kill('SIGKILL'));
  return {
    isStill: () => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T '),
    isOver: () => ended.child.exitCode !== null,
    continue: () => ended.child.kill('SIGCONT'),
    ended: ended.then(({ stdout }) => stdout.trim()),
  };
}

describe.each(await flavoursHere())('a leader that stands still before a statement to %s', (flavour) => {
  it('and goes on when another has taken its place, does not get it through (P2)', async () => {
    const scene = await aScene({ flavour });
    const instance = scene.keys[1] ?? scene.primary;
    const newcomer = serversOf(scene);
    const orders: readonly Order[] = [
      { verb: 'promote', instance },
      { verb: 'detach', instance },
    ];
    const left = { readOnly: true, source: scene.primary, sqlThread: 'running' };
    const leftSo = async (by: MysqlServers) => {
      await by.act({ verb: 'setReadOnly', instance, readOnly: true }, 5_000);
      await by.act({ verb: 'follow', instance, source: scene.primary }, 5_000);
      await expect.poll(() => stateOf(by, instance), patient).toEqual(left);
    };
    const holder = () => scene.sandbox.sql(portOn(scene, instance), "SELECT IS_USED_LOCK('baton/act')");
    let stops = 0;
    for (const order of orders) {
      for (let look = 1; ; look += 1) {
        // Whoever led before holds the lock, so that the leader has somebody to end.
        const before = serversOf(scene);
        await leftSo(before);
        const leader = stopsAt(scene, order, look);
        await expect.poll(() => leader.isOver() || leader.isStill(), patient).toBe(true);
        before.close();
        if (leader.isOver()) {
          expect(await leader.ended).toBe('never stopped');
          break;
        }
        stops += 1;
        await leftSo(newcomer);
        const held = await holder();
        leader.continue();
        expect(await leader.ended, `${order.verb}, stopped at look ${look}`).toBe('not done');
        expect(await stateOf(newcomer, instance)).toEqual(left);
        expect(await holder()).toBe(held);
        newcomer.rest([instance]);
      }
    }
    expect(stops).toBeGreaterThan(4);
  });
});

it('a leader that stands still before it makes a server ready does not end whoever leads after it (P2)', async () => {
  const scene = await aScene({ servers: 1 });
  const instance = scene.primary;
  const holder = () => scene.sandbox.sql(portOn(scene, instance), "SELECT IS_USED_LOCK('baton/act')");
  const before = serversOf(scene);
  await before.makeReady([instance], 5_000);
  const leader = stopsAt(scene, { ready: instance }, 1);
  await expect.poll(() => leader.isStill(), patient).toBe(true);
  const newcomer = serversOf(scene);
  await newcomer.makeReady([instance], 5_000);
  const held = await holder();
  leader.continue();
  await leader.ended;
  expect(await holder()).toBe(held);
});
