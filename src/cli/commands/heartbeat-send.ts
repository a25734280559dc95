import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Command, InvalidArgumentError } from 'commander';
import { encodePacket, type Envelope, type Message, sealed, text } from '../../protocols/heartbeat/index.ts';
import { keysOf } from '../heartbeat/files.ts';
import type { Terminal } from '../terminal.ts';

interface Words {
  readonly to?: { readonly host: string; readonly port: number };
  readonly authkeys: string;
  readonly node: string;
  readonly generation?: number;
  readonly sequence?: number;
  readonly classic?: true;
}

/** `baton heartbeat send --node NAME --authkeys FILE NAME=VALUE…`. */
export function sendCommand(terminal: Terminal): Command {
  return new Command('send')
    .description(
      'Sign one packet in the name of a node and send it, or print it in hexadecimal. Who is sent it believes it: a node that is alive loses its place in the count of its messages.',
    )
    .argument('<name=value...>', 'what it says, the type first: t=ip-request ipaddr=mysql::shop', field)
    .requiredOption('--node <name>', 'whose message it is')
    .requiredOption('--authkeys <file>', 'the keys; it is signed with the one that auth names')
    .option('--to <host:port>', 'where it goes; without it the packet is printed', address)
    .option('--generation <number>', 'of the node’s start, decimal; the time where it is left out', whole)
    .option(
      '--sequence <number>',
      'its place among the node’s messages, decimal; types with NS_ have none',
      whole,
    )
    .option('--classic', 'frame it as daemons before 2012 did')
    .exitOverride()
    .action(async (fields: Message, words: Words) => {
      const ring = keysOf(words.authkeys, terminal);
      const message = sealed(fields, envelopeOf(fields, words));
      const wire = encodePacket(message, ring, {
        framing: words.classic ? 'classic' : 'netstring',
        inside: false,
      });
      if (words.to === undefined) terminal.print(Buffer.from(wire).toString('hex'));
      else await send(wire, words.to);
    });
}

function envelopeOf(fields: Message, { node, generation, sequence }: Words): Envelope {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const isOutside = fields.some(({ name, value }) => name === 't' && String(value).startsWith('NS_'));
  return {
    source: node.toLowerCase(),
    sourceId: null,
    destinationId: null,
    sequence: isOutside ? null : (sequence ?? 1),
    generation: generation ?? nowSeconds,
    sentAtSeconds: nowSeconds,
    load: null,
    timeToLive: 3,
  };
}

async function send(wire: Uint8Array, { host, port }: { host: string; port: number }): Promise<void> {
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.send(wire, port, host, (error) => (error === null ? resolve() : reject(error)));
    });
  } finally {
    socket.close();
    await once(socket, 'close');
  }
}

function field(word: string, before: Message = []): Message {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
  if (name === undefined || value === undefined || name === 'auth')
    throw new InvalidArgumentError('It wants name=value, and auth is the packet’s own.');
  return [...before, text(name, value)];
}

function address(word: string): { readonly host: string; readonly port: number } {
  const [, host, port] = /^([^:]+):(\d{1,5})$/.exec(word) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new InvalidArgumentError('It wants host:port.');
  return { host, port: Number(port) };
}

function whole(word: string): number {
  if (!/^\d{1,15}$/.test(word)) throw new InvalidArgumentError('It wants a whole number.');
  return Number(word);
}
