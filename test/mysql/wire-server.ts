import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Rows } from '../../src/mysql/link.ts';

/** What a server says to each question: bytes as they go over the wire, or what else it does with the connection. */
export type Answer = (question: string, socket: Socket) => Uint8Array | null;

const moreResults = 8;
const query = 3;

/** A packet of the protocol: three bytes of length, its number, what it holds. */
export function packet(number: number, body: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(body.length, 0, 3);
  header[3] = number % 256;
  return Buffer.concat([header, body]);
}

const greeting = packet(
  0,
  Buffer.concat([
    Buffer.from([10]),
    Buffer.from('10.5.29-MariaDB-log\0'),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('abcdefgh'),
    Buffer.from([0, 0xff, 0xf7, 8, 2, 0, 0xff, 0x81, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from('ijklmnopqrst\0mysql_native_password\0'),
  ]),
);

const okBody = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

/** Speaks the protocol, lets everybody in, and answers each question with what `answer` gives. */
export async function wireServer(answer: Answer): Promise<InstanceKey> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.write(greeting);
    let isIn = false;
    socket.on('data', (data) => {
      if (!isIn) {
        isIn = true;
        socket.write(packet(data[3] === undefined ? 2 : data[3] + 1, okBody));
        return;
      }
      if (data[4] !== query) return;
      const said = answer(data.subarray(5).toString(), socket);
      if (said !== null) socket.write(said);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The results of one question, as a server sends them. */
export function resultSets(results: readonly Rows[]): Buffer {
  const bodies = results.flatMap((rows, at) => bodiesOf(rows, at + 1 < results.length ? moreResults : 0));
  return Buffer.concat(bodies.map((body, at) => packet(at + 1, body)));
}

function bodiesOf(rows: Rows, status: number): Buffer[] {
  const names = Object.keys(rows[0] ?? { nothing: null });
  const end = (more: number) => Buffer.from([0xfe, 0, 0, 2 + more, 0]);
  return [
    Buffer.from([names.length]),
    ...names.map(columnBody),
    end(0),
    ...rows.map((row) => Buffer.concat(names.map((name) => valueBytes(row[name])))),
    end(status),
  ];
}

/** A column of text. */
function columnBody(name: string): Buffer {
  const words = ['def', '', '', '', name, name].map((word) => lengthened(Buffer.from(word)));
  return Buffer.concat([...words, Buffer.from([12, 45, 0, 255, 255, 0, 0, 253, 0, 0, 0, 0, 0])]);
}

export function valueBytes(value: unknown): Buffer {
  return value === null || value === undefined
    ? Buffer.from([0xfb])
    : lengthened(Buffer.from(String(value as string | number)));
}

/** Bytes behind their length, as the protocol writes it. */
function lengthened(bytes: Buffer): Buffer {
  const { length } = bytes;
  if (length < 251) return Buffer.concat([Buffer.from([length]), bytes]);
  const size = Buffer.alloc(4);
  size[0] = length < 65_536 ? 0xfc : 0xfd;
  size.writeUIntLE(length, 1, 3);
  return Buffer.concat([size.subarray(0, length < 65_536 ? 3 : 4), bytes]);
}
