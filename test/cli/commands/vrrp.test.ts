import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { vrrpCommand } from '../../../src/cli/commands/vrrp.ts';
import type { ExitCode } from '../../../src/cli/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-vrrp-'));
afterAll(() => rmSync(folder, { recursive: true }));

const recorded = (path: string) =>
  fileURLToPath(new URL(`../../fixtures/keepalived/${path}`, import.meta.url));

function fileOf(content: string, name = 'k.conf'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function ran(...words: readonly string[]) {
  const printed: string[] = [];
  let exit: ExitCode | null = null;
  const terminal = { print: (text: string) => printed.push(text), say: () => {}, colours: false };
  const leave = (code: ExitCode) => {
    exit = code;
  };
  await vrrpCommand(terminal, leave).parseAsync(words, { from: 'user' });
  return { printed, exit };
}

describe('baton vrrp simulate', () => {
  it('prints of a plan the lines that the FIFO would show, and nothing else', async () => {
    const { printed, exit } = await ran('simulate', recorded('plans/2.plan.json'));
    const lines = printed.map((line) => JSON.parse(line) as { node: string; state: string });
    expect(lines[0]).toEqual({ t: 0.038889404296875, node: 'A', state: 'BACKUP', prio: 120 });
    expect(lines.map(({ node, state }) => `${node} ${state}`)).toHaveLength(9);
    expect(exit).toBeNull();
  });

  it('takes real configurations and faults, and tells of scripts, mails and groups', async () => {
    const conf = recorded('s5-group-weight/keepalived.conf');
    const faults = fileOf('# down\n4.5 A link eth0 down\n', 'faults');
    const { printed } = await ran(
      'simulate',
      '--conf',
      `A=${conf}`,
      '--faults',
      faults,
      '--scripts',
      '--until',
      '5',
    );
    expect(printed.slice(-9).map((line) => JSON.parse(line) as object)).toEqual([
      { t: 4.5, node: 'A', script: 'notify_fault', argv: ['/usr/lib/ka/rec', 'VI_1.notify_fault'] },
      {
        t: 4.5,
        node: 'A',
        script: 'notify',
        argv: ['/usr/lib/ka/rec', 'VI_1.notify', 'INSTANCE', 'VI_1', 'FAULT', '150'],
      },
      { t: 4.5, node: 'A', state: 'FAULT', prio: 150, type: 'INSTANCE', name: 'VI_1' },
      { t: 4.5, node: 'A', script: 'notify_fault', argv: ['/usr/lib/ka/rec', 'VI_2.notify_fault'] },
      {
        t: 4.5,
        node: 'A',
        script: 'notify',
        argv: ['/usr/lib/ka/rec', 'VI_2.notify', 'INSTANCE', 'VI_2', 'FAULT', '150'],
      },
      { t: 4.5, node: 'A', state: 'FAULT', prio: 150, type: 'INSTANCE', name: 'VI_2' },
      { t: 4.5, node: 'A', script: 'notify_fault', argv: ['/usr/lib/ka/rec', 'VG_1.notify_fault'] },
      {
        t: 4.5,
        node: 'A',
        script: 'notify',
        argv: ['/usr/lib/ka/rec', 'VG_1.notify', 'GROUP', 'VG_1', 'FAULT', '0'],
      },
      { t: 4.5, node: 'A', state: 'FAULT', prio: 0, type: 'GROUP', name: 'VG_1' },
    ]);
  });

  it.each([
    ['no plan at all', ['simulate'], /Nothing is named/],
    ['a file that is not there', ['simulate', '/nowhere/plan.json'], /cannot be read/],
    ['a plan that is none', ['simulate', fileOf('{"drive":1}', 'plan.json')], /is no plan/],
    [
      'faults that are none',
      ['simulate', '--conf', `A=${fileOf('')}`, '--faults', fileOf('1 A exit x', 'f')],
      /Line 1/,
    ],
    [
      'faults of a router that is not named',
      ['simulate', '--conf', `A=${fileOf('')}`, '--faults', fileOf('1 B stop', 'g')],
      /name B/,
    ],
  ])('refuses %s with a sentence', async (_, words, sentence) => {
    await expect(ran(...words)).rejects.toThrow(sentence);
  });
});

describe('baton vrrp when', () => {
  it('names the scripts of each state in their order, with all arguments', async () => {
    const { printed } = await ran('when', recorded('s1-weight/keepalived.conf'), '--id', 'A');
    expect(printed.join('\n')).toContain(
      [
        '      1. notify_master (line 36): /usr/lib/ka/rec notify_master',
        '      2. notify (line 41): /usr/lib/ka/rec notify INSTANCE VI_1 MASTER 150',
        '      FIFO: INSTANCE "VI_1" MASTER 150',
      ].join('\n'),
    );
  });

  it('tells of the seed’s age that notify is a file and hears of no stop', async () => {
    const conf = recorded('old-1.2.13-weight/keepalived-A.conf');
    const { printed } = await ran('when', conf, '--profile', '1.2', '--json');
    const [when] = printed.map(
      (one) => JSON.parse(one) as { instances: { entries: { state: string; calls: object[] }[] }[] },
    );
    const calls = when?.instances[0]?.entries.map(({ state, calls: all }) => `${state} ${all.length}`);
    expect(calls).toEqual(['BACKUP 2', 'MASTER 2', 'FAULT 2', 'STOP 1']);
  });
});

describe('baton vrrp lint', () => {
  it('says what it found with file and line, and leaves with 1', async () => {
    const conf = fileOf('vrrp_script c {\nscript /x\ninterval half\n}\n');
    const { printed, exit } = await ran('lint', conf, '--no-files');
    expect(printed).toEqual([
      `${conf}:3: error: interval is half, which is not a whole number from 1 to 4294; keepalived says so and keeps the default. [not-a-number]`,
    ]);
    expect(exit).toBe(1);
  });

  it('follows includes, looks at the files of scripts, and at each router that @id lines name', async () => {
    mkdirSync(join(folder, 'more'));
    const script = fileOf('true\n', 'more/check');
    chmodSync(script, 0o755);
    fileOf(`vrrp_script c {\nscript ${script}\n}\n`, 'more/c.conf');
    const conf = fileOf(
      'include more/*.conf\nvrrp_instance V {\n@A priority 150\n@B priority 100\nvirtual_router_id 1\ninterface eth0\ntrack_script {\nc weight -20\n}\n}\n',
      'both.conf',
    );
    const { printed } = await ran('lint', conf, '--json');
    const found = JSON.parse(printed.join('')) as { file: string; line: number; code: string }[];
    expect(found.map(({ file, line, code }) => `${file.slice(folder.length)}:${line} ${code}`)).toEqual([
      '/both.conf:8 weight-too-small',
      '/more/c.conf:2 script-without-interpreter',
    ]);
  });
});

describe('baton vrrp config', () => {
  const words = [
    'config',
    '--interface',
    'eth0',
    '--address',
    '10.0.0.100/24',
    '--lease',
    '/run/baton/lease',
  ];

  it('writes what lint finds nothing wrong with but what is missing here', async () => {
    const { printed } = await ran(...words);
    const found = await ran('lint', fileOf(`${printed.join('\n')}\n`, 'ours.conf'), '--no-files');
    expect(found.printed).toEqual([]);
  });

  it('writes what keeps the address away until the file allows it, and lets it go when the file forbids it', async () => {
    const { printed } = await ran(...words);
    const conf = fileOf(`${printed.join('\n')}\n`, 'ours.conf');
    const faults = fileOf('0 A file baton_role 1\n1 A file baton_role 0\n3 A file baton_role 1\n', 'role');
    const told = await ran('simulate', '--conf', `A=${conf}`, '--faults', faults, '--until', '4');
    const states = told.printed.map((line) => (JSON.parse(line) as { state: string }).state);
    expect(states).toEqual(['FAULT', 'BACKUP', 'MASTER', 'FAULT']);
  });

  it.each(['a b', 'x}', '"', '$X'])(
    'refuses the address %j, which keepalived would read otherwise',
    async (text) => {
      await expect(ran('config', '--interface', 'e', '--address', text)).rejects.toThrow(/grammar/);
    },
  );
});

describe('baton vrrp notify', () => {
  it('writes a program that may be run', async () => {
    const file = join(folder, 'notify');
    const { printed } = await ran('notify', file, '--fifo', '/run/x');
    expect(printed).toEqual([file]);
    expect(statSync(file).mode & 0o777).toBe(0o755);
  });
});
