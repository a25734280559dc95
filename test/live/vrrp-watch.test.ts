import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { TwoRouters, whyNoRouters } from './two-routers.ts';

const why = whyNoRouters();
if (why !== null) process.stderr.write(`watching a real keepalived is left out: ${why}\n`);

const patient = { timeout: 30_000, interval: 20 };
const bin = new URL(builtTwin(new URL('../../src/bin.ts', import.meta.url).href)).pathname;

it.skipIf(why !== null)(
  'who watches a real keepalived hears how it stands and what it becomes, beside whom nobody may listen, and what its configuration does not explain',
  async () => {
    const routers = await TwoRouters.make(onTestFinished);
    const fifo = routers.secondFifo('A');
    const role = join(routers.folder, 'role');
    const allow = (value: 0 | 1) => writeFileSync(role, `${value}\n`);
    allow(0);
    const conf = (name: string) => `global_defs {
    notify_fifo ${fifo}
    vrrp_notify_fifo ${routers.fifo('A')}
}
track_file role {
    file ${role}
    weight 0
}
vrrp_instance "${name}" {
    version 3
    interface eth0
    virtual_router_id 51
    virtual_ipaddress {
        10.77.0.100/24
    }
    priority 150
    advert_int 0.3
    track_file {
        role
    }
}
`;
    const file = routers.configFile(conf("Ann's 1 * $HOME"));
    const other = join(routers.folder, 'other.conf');
    writeFileSync(other, conf('another'));
    routers.start('A');
    await expect.poll(() => routers.lines.at(-1)?.text, patient).toContain('MASTER 150');

    const asked = ['--pid', routers.vrrpPidFile('A'), '--dump', routers.dumpFile('A')];
    const first = watching(fifo, '--conf', file, '--json', ...asked);
    // What it told before anybody listened comes too.
    await expect
      .poll(() => first.states().toSorted(), patient)
      .toEqual(['BACKUP', 'MASTER', 'stands MASTER']);
    const second = watching(fifo);
    await expect.poll(() => second.child.exitCode, patient).not.toBeNull();
    expect(second.child.exitCode).toBeGreaterThan(0);
    expect(second.errors()).toContain('another reader has it');
    allow(1);
    await expect.poll(() => first.states().at(-1), patient).toBe('FAULT');
    allow(0);
    await expect.poll(() => first.states().slice(3), patient).toEqual(['FAULT', 'BACKUP', 'MASTER']);
    first.child.kill('SIGTERM');
    await expect.poll(() => first.child.exitCode, patient).toBe(0);
    expect(first.errors()).toBe('');

    const third = watching(fifo, '--conf', other, ...asked);
    await expect.poll(third.output, patient).toBe("instance Ann's 1 * $HOME stands: MASTER, priority 150\n");
    allow(1);
    await expect.poll(third.output, patient).toContain("instance Ann's 1 * $HOME: FAULT, priority 150\n");
    third.child.kill('SIGTERM');
    await expect.poll(() => third.child.exitCode, patient).toBe(1);
    expect(third.errors()).toContain("drift: The configuration has no instance Ann's 1 * $HOME.");
  },
);

function watching(...words: readonly string[]) {
  const child = spawn(process.execPath, [bin, 'vrrp', 'watch', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [output, errors] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    output += String(text);
  });
  child.stderr.on('data', (text: Buffer) => {
    errors += String(text);
  });
  /** Of lines of JSON; those of the FIFO have a drift, or say that they have none. */
  const states = () =>
    output.split('\n').flatMap((line) => {
      if (line === '') return [];
      const { state, drift } = JSON.parse(line) as { state: string; drift?: string | null };
      return drift === undefined ? [`stands ${state}`] : [drift ?? state];
    });
  return { child, states, output: () => output, errors: () => errors };
}
