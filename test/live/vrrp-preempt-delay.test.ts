import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { type Fault, importConf, planOfConf, predict } from '../../src/protocols/keepalived/index.ts';
import { TwoRouters, whyNoRouters } from './two-routers.ts';

const why = whyNoRouters();
if (why !== null) process.stderr.write(`the delay of a real keepalived is left out: ${why}\n`);

const patient = { timeout: 30_000, interval: 20 };

it.skipIf(why !== null)(
  'a real keepalived with preempt_delay obeys a lower one for as long as is foretold, and takes over then',
  async () => {
    const routers = await TwoRouters.make(onTestFinished);
    const file = routers.configFile(`global_defs {
    vrrp_priority -15
    @A vrrp_notify_fifo ${routers.fifo('A')}
    @B vrrp_notify_fifo ${routers.fifo('B')}
}
vrrp_instance VI_1 {
    state BACKUP
    version 3
    interface eth0
    virtual_router_id 51
    virtual_ipaddress {
        10.77.0.100/24
    }
    @A priority 150
    @B priority 100
    @A preempt_delay 3.1
    advert_int 0.3
}
`);
    const text = readFileSync(file, 'utf8');
    const plans = TwoRouters.ids.map((id, address) =>
      planOfConf(importConf({ file, text }, { id }), { id, profile: '2.x', address }),
    );
    const told = (node: string, state: string) =>
      routers.lines.find((one) => one.node === node && one.text.includes(state));
    const faults: Fault[] = [];
    for (const [id, until] of [
      ['B', 'MASTER'],
      ['A', 'MASTER'],
    ] as const) {
      routers.start(id);
      await expect.poll(() => told(id, until), patient).toBeDefined();
      faults.push({ atMs: (told(id, 'BACKUP')?.t ?? 0) * 1_000, router: id, do: 'start' });
    }
    const waited = (told('A', 'MASTER')?.t ?? 0) - (told('A', 'BACKUP')?.t ?? 0);
    const foretold = predict(plans, faults, routers.now() * 1_000 + 60_000).filter(
      ({ router }) => router === 'A',
    );
    expect(foretold.map(({ told: { state } }) => state)).toEqual(['BACKUP', 'MASTER']);
    const [from, to] = foretold.map(({ atMs }) => atMs / 1_000);
    const ours = (to ?? 0) - (from ?? 0);
    process.stderr.write(`preempt_delay: ${waited.toFixed(2)} s, foretold ${ours.toFixed(2)} s\n`);
    expect(ours).toBeGreaterThan(3.1);
    // A machine that is busy makes it later, and nothing makes it sooner but the reading of the line before it.
    expect(waited).toBeGreaterThan(ours - 0.45);
    const lastOfB = () => routers.lines.findLast(({ node }) => node === 'B')?.text;
    await expect.poll(lastOfB, patient).toBe('INSTANCE "VI_1" BACKUP 100');
  },
);
