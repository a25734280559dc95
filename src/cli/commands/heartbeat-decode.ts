import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { Command } from 'commander';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { type KeyRing, parsePacket } from '../../protocols/heartbeat/index.ts';
import { keysOf } from '../heartbeat/files.ts';
import { packetReport, packetText } from '../heartbeat/packet-report.ts';
import { packetsIn } from '../heartbeat/packets-in.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly authkeys?: string;
  readonly json?: true;
}

/** `baton heartbeat decode [FILE…]`. */
export function decodeCommand(terminal: Terminal, leave: Leave, input: Readable): Command {
  return new Command('decode')
    .description('Say what packets of Linux-HA Heartbeat hold, and whether they are rightly signed.')
    .argument(
      '[file...]',
      'each a packet as it travels, or one in hexadecimal on each line; standard input without any',
    )
    .option('--authkeys <file>', 'the keys to check signatures with')
    .option('--json', 'answer in JSON, a line for each packet')
    .exitOverride()
    .action(async (files: readonly string[], { authkeys, json }: Words) => {
      const ring = authkeys === undefined ? null : keysOf(authkeys, terminal);
      const held =
        files.length === 0
          ? [{ name: 'standard input', bytes: await allOf(input) }]
          : files.map((name) => ({ name, bytes: bytesOf(name) }));
      for (const { name, bytes } of held)
        for (const wire of packetsIn(name, bytes))
          if (!tell({ name, wire, ring, json: json === true }, terminal)) leave(1);
    });
}

interface Told {
  readonly name: string;
  readonly wire: Uint8Array;
  readonly ring: KeyRing | null;
  readonly json: boolean;
}

/** Whether it is a packet, and not wrongly signed. */
function tell({ name, wire, ring, json }: Told, terminal: Terminal): boolean {
  const parsed = parsePacket(wire);
  if (!parsed.ok) {
    if (json) terminal.print(JSON.stringify({ bytes: wire.length, unreadable: parsed.because }));
    else terminal.say(`A packet of ${name} (${wire.length} bytes) cannot be read: ${parsed.because}.`);
    return false;
  }
  const report = packetReport(wire.length, parsed.packet, ring);
  terminal.print(json ? JSON.stringify(report) : packetText(report));
  return report.signature !== 'wrong';
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BatonError('heartbeat-unreadable', `${file} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

async function allOf(input: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of input) pieces.push(Buffer.from(piece as Buffer | string));
  return Buffer.concat(pieces);
}
