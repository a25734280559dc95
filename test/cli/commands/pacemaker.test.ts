import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { pacemakerCommand } from '../../../src/cli/commands/pacemaker.ts';
import type { ExitCode } from '../../../src/cli/terminal.ts';
import { created, magicText, patchset, seedNode, seedOperation } from '../../protocols/pacemaker/messages.ts';
import { environments, numbers, recorded } from '../../protocols/pacemaker/recorded.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-pacemaker-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Uint8Array, name = 'message.xml'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const recordedFile = (number: string, format: string) =>
  fileURLToPath(new URL(`messages/${number}.${format}.xml`, recorded));

const decoded = (...words: readonly string[]) => ran('decode', ...words);

async function ran(...words: readonly string[]) {
  const printed: string[] = [];
  const said: string[] = [];
  let exit: ExitCode | null = null;
  const terminal = {
    print: (text: string) => printed.push(text),
    say: (text: string) => said.push(text),
    colours: false,
  };
  const leave = (code: ExitCode) => {
    exit = code;
  };
  const command = pacemakerCommand(terminal, leave, Readable.from([]));
  await command.parseAsync(words, { from: 'user' });
  return { printed, said: said.join('\n'), exit };
}

describe('baton pacemaker decode', () => {
  it.each(['v1', 'v2'] as const)(
    'prints of the recorded messages (%s) the rows of the real crm_mon',
    async (format) => {
      const files = numbers.map((number) => recordedFile(number, format));
      const { printed, said, exit } = await decoded('--reading', 'crm_mon', ...files);
      const expected = [...environments(format)].flatMap(([number, rows]) =>
        rows.map((row) => `${number}.${format}.xml\t${row.slice(0, row.lastIndexOf('\t'))}`),
      );
      expect(printed.toSorted()).toEqual(expected.toSorted());
      expect({ said, exit }).toEqual({ said: '', exit: null });
    },
  );

  it('prints of the documented message the documented row', async () => {
    const { printed } = await decoded('--reading', 'seed', fileOf(seedOperation));
    expect(printed).toEqual(['message.xml\tnode2\tdbfs\tmonitor\t0\t7\t7\tOK']);
    expect((await decoded('--reading', 'crm_mon', fileOf(seedOperation))).printed).toEqual([]);
  });

  it('answers in JSON with what became of nodes, over all files', async () => {
    const files = ['00197', '00198', '00199', '00205'].map((number) => recordedFile(number, 'v2'));
    const { printed } = await decoded('--reading', 'crm_mon', '--json', ...files);
    expect(printed).toHaveLength(1);
    const events: Record<string, unknown>[] = JSON.parse(printed[0] ?? '');
    expect(
      events.map((event) => [event['file'], event['event'], event['node'], event['classification']]),
    ).toEqual([
      ['00197.v2.xml', 'node_state', 'node2', 'unexpected loss'],
      ['00198.v2.xml', 'node_state', 'node2', null],
      ['00199.v2.xml', 'operation', 'node1', undefined],
      ['00205.v2.xml', 'node_state', 'node2', 'rejoin'],
    ]);
    expect(events[2]).toMatchObject({
      rsc: 'mig',
      task: 'start',
      status: -1,
      rc: 193,
      target_rc: 0,
      desc: 'pending',
    });
  });

  it('has no row for a node that is gone, and says in JSON what is known of it', async () => {
    const file = fileOf(seedNode);
    expect((await decoded('--reading', 'seed', file)).printed).toEqual([]);
    const { printed } = await decoded('--reading', 'seed', '--json', file);
    expect(JSON.parse(printed[0] ?? '')).toEqual([
      {
        file: 'message.xml',
        event: 'node_state',
        id: 'node2',
        node: 'node2',
        in_ccm: false,
        crmd: false,
        join: 'member',
        expected: 'member',
        origin: 'peer_update_callback',
        changed: ['crmd'],
        classification: 'unexpected loss',
      },
    ]);
  });

  it('says of each file that it cannot read why, exits with 2, and reads the others', async () => {
    const missing = join(folder, 'missing.xml');
    const cut = fileOf(readFileSync(recordedFile('00200', 'v2')).subarray(0, 900), 'cut.xml');
    const latin = fileOf(Buffer.from('<notify a="\xe9"/>', 'latin1'), 'latin.xml');
    const unknown = fileOf(patchset().replace('"2"', '"3"'), 'unknown.xml');
    const files = [missing, cut, latin, unknown, folder, recordedFile('00200', 'v2')];
    const { printed, said, exit } = await decoded('--reading', 'crm_mon', ...files);
    expect(printed).toEqual(['00200.v2.xml\tnode1\tmig\tstart\t0\t0\t0\tOK']);
    expect(exit).toBe(2);
    expect(said.split('\n').map((line) => line.slice(0, 160))).toEqual([
      expect.stringMatching(/missing\.xml: .*ENOENT/),
      expect.stringMatching(/cut\.xml: .*cannot be read: .*unclosed/),
      expect.stringMatching(/latin\.xml: .*not valid/),
      expect.stringMatching(/unknown\.xml: .*format "3"; known are 1 and 2/),
      expect.stringMatching(/EISDIR/),
    ]);
  });

  it('keeps a value with line ends and tabs in its row', async () => {
    const attributes = { id: 'a&#10;b_x_0', on_node: 'n&#9;m', 'transition-magic': magicText(0, 1, 0) };
    const { printed } = await decoded('--reading', 'crm_mon', fileOf(created(attributes)));
    expect(printed).toEqual([`message.xml\tn\\tm\ta\\nb\tx\t0\t1\t0\terror`]);
  });
});

describe('baton pacemaker install-agent', () => {
  it('writes a program that may be run and a spool that the group shares, and says what is left to do', async () => {
    const [file, spool] = [join(folder, 'lib-agent'), join(folder, 'a', 'spool')];
    const { printed, said } = await ran('install-agent', file, '--spool', spool);
    expect(printed).toEqual([file]);
    expect(statSync(file).mode & 0o777).toBe(0o755);
    expect(statSync(spool).mode & 0o7777).toBe(0o2770);
    expect(said).toContain(`chgrp haclient ${spool}`);
    expect(readFileSync(file, 'utf8')).toContain(`spool='${spool}'`);
  });

  it('says why it cannot', async () => {
    const file = join(fileOf('a file', 'in-the-way'), 'agent');
    await expect(ran('install-agent', file, '--spool', join(folder, 'spool'))).rejects.toThrow(/ENOTDIR/);
  });
});
