import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { heartbeatCommand } from '../../../src/cli/commands/heartbeat.ts';
import type { ExitCode } from '../../../src/cli/terminal.ts';
import { parsePacket, textIn, verifyPacket } from '../../../src/protocols/heartbeat/index.ts';
import { ringOf, vectors } from '../../protocols/heartbeat/vectors.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-heartbeat-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode });
  return path;
}

const keys = fileOf('authkeys', 'auth 1\n1 sha1 s3cretKey\n');

async function ran(words: readonly string[], input = '') {
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
  await heartbeatCommand(terminal, leave, Readable.from([input])).parseAsync(words, { from: 'user' });
  return { printed, said, exit };
}

const signedBySha1 = vectors.filter(({ method }) => method === 'sha1');

describe('baton heartbeat decode', () => {
  it('says what recorded packets hold, and that they are rightly signed', async () => {
    const hex = fileOf('packets.hex', signedBySha1.map((vector) => vector.hex).join('\n'));
    const { printed, exit } = await ran(['decode', hex, '--authkeys', keys]);
    expect(printed).toHaveLength(signedBySha1.length);
    expect(printed[0]).toContain('status from nodea, netstring, 306 bytes, key 1, rightly signed\n');
    expect(printed[0]).toContain('\n  (1)srcuuid=46a0a612d4264e878d572f45aeddea1a\n');
    expect(exit).toBeNull();
  });

  it('reads one packet as it travels, and hexadecimal from standard input, in JSON', async () => {
    const request = signedBySha1.find(({ type }) => type === 'ip-request')?.hex ?? '';
    const raw = fileOf('raw', Buffer.from(request, 'hex'));
    const [fromFile, fromInput] = [
      await ran(['decode', raw, '--json']),
      await ran(['decode', '--json'], request),
    ];
    expect(fromFile.printed).toEqual(fromInput.printed);
    expect(JSON.parse(fromFile.printed[0] ?? '')).toMatchObject({
      type: 'ip-request',
      said: { type: 'ip-request', group: 'fakedb::db2' },
      envelope: { source: 'nodeb', sequence: 8, generation: 0x6b021b3e },
      signature: 'unchecked',
    });
  });

  it('finds a wrong signature and what is no packet, and ends with 1', async () => {
    const others = fileOf('others', 'auth 1\n1 sha1 another\n');
    const request = signedBySha1[0]?.hex ?? '';
    const wrong = await ran(['decode', '--authkeys', others], request);
    expect(wrong.printed[0]).toContain('not to be believed: its signature is not that of key 1');
    expect(wrong.exit).toBe(1);
    const cut = await ran(['decode'], request.slice(0, 100));
    expect(cut.said[0]).toContain('cannot be read: ');
    expect(cut.exit).toBe(1);
    await expect(ran(['decode'], 'hello')).rejects.toThrow('standard input:1 is neither');
  });

  it('refuses keys that others can read', async () => {
    const open = fileOf('open', 'auth 1\n1 sha1 s3cretKey\n', 0o644);
    await expect(ran(['decode', '--authkeys', open], '')).rejects.toThrow('chmod 600');
  });
});

describe('baton heartbeat send', () => {
  const words = [
    'send',
    '--node',
    'NodeB',
    '--authkeys',
    keys,
    '--generation',
    '7',
    't=ip-request',
    'ipaddr=x=y',
  ];

  it('prints a packet that is rightly signed', async () => {
    const { printed } = await ran([...words, '--sequence', '31']);
    const parsed = parsePacket(Buffer.from(printed[0] ?? '', 'hex'));
    if (!parsed.ok) throw new Error(parsed.because);
    expect(verifyPacket(parsed.packet, ringOf('sha1', 's3cretKey'))).toEqual({ ok: true });
    const { message } = parsed.packet;
    expect(['src', 'seq', 'hg', 'ipaddr'].map((name) => textIn(message, name))).toEqual([
      'nodeb',
      '1f',
      '7',
      'x=y',
    ]);
  });

  it('sends it where it is told to', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const came = once(socket, 'message') as Promise<[Buffer]>;
    await ran([...words, '--classic', '--to', `127.0.0.1:${socket.address().port}`]);
    const [wire] = await came;
    socket.close();
    expect(wire.toString('latin1')).toMatch(/^>>>\nt=ip-request\nipaddr=x=y\nsrc=nodeb\n/);
  });
});

describe('baton heartbeat run', () => {
  const run = (...words: readonly string[]) =>
    ran(['run', '--authkeys', keys, '--state', join(folder, 'state'), '--node', 'nodea', ...words]);
  const conf = fileOf('ha.cf', 'bcast nosuch0\nnode nodea nodeb\n');

  it('does not start with files that the daemon would not start with', async () => {
    const bad = fileOf('bad.cf', 'bcast eth0\nnode nodea\nfrobnicate 1\n');
    await expect(run('--ha-cf', bad)).rejects.toThrow('ha.cf:3: error: frobnicate is no directive');
    const foreign = fileOf('haresources', 'nodec fakedb::db1\n');
    await expect(run('--ha-cf', conf, '--haresources', foreign)).rejects.toThrow('nodec is no node of ha.cf');
    await expect(run('--ha-cf', conf, '--node', 'nodec')).rejects.toThrow('has no node nodec');
  });
});
