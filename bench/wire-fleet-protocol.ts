/**
 * The little of the MySQL protocol that a server needs for clients that only look: the greeting, the
 * framing of packets, results of text queries
 * (https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html).
 */
export interface Column {
  readonly name: string;
  /** As the protocol numbers them: 253 is a string, 8 a 64-bit integer. */
  readonly type: number;
  readonly characterSet: number;
  readonly flags: number;
}

export interface Result {
  readonly columns: readonly Column[];
  /** As the text protocol has them: every value a string, or null. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The commands that a client sends which is only looking. */
export const command = { quit: 1, query: 3, ping: 14 } as const;

const moreResultsExist = 8;
const autocommit = 2;

/** Protocol 4.1, several statements at once, mysql_native_password, no TLS, ends of rows marked the old way. */
export function greeting(version: string, connectionId: number): Buffer {
  const id = Buffer.alloc(4);
  id.writeUInt32LE(connectionId);
  const [lower, upper] = [
    [0xff, 0xf7],
    [0x0f, 0x00],
  ];
  return packet(
    0,
    [10],
    `${version}\0`,
    id,
    'abcdefgh\0',
    [...(lower ?? []), 45, autocommit, 0, ...(upper ?? []), 21, ...Array<number>(10).fill(0)],
    'ijklmnopqrst\0',
    'mysql_native_password\0',
  );
}

export function fine(sequence: number): Buffer {
  return packet(sequence, [0, 0, 0, autocommit, 0, 0, 0]);
}

export function refusal(sequence: number, code: number, words: string): Buffer {
  return packet(sequence, [0xff, code & 255, code >> 8], `#42000${words}`);
}

/** All results of one query, the way they follow each other in one answer; null is a statement that gives no rows. */
export function answer(results: readonly (Result | null)[]): Buffer {
  const packets: Buffer[] = [];
  const add = (...parts: readonly Part[]) => packets.push(packet((packets.length + 1) & 255, ...parts));
  for (const [at, result] of results.entries()) {
    const status = autocommit | (at < results.length - 1 ? moreResultsExist : 0);
    if (result === null) {
      add([0, 0, 0, status, 0, 0, 0]);
      continue;
    }
    const { columns, rows } = result;
    const endOfRows = [0xfe, 0, 0, status, 0];
    add([columns.length]);
    for (const column of columns) add(definition(column));
    add(endOfRows);
    for (const row of rows) add(...row.map((value) => (value === null ? [0xfb] : counted(value))));
    add(endOfRows);
  }
  return Buffer.concat(packets);
}

/** Cuts a stream of bytes into packets; what is not whole yet waits for its rest. */
export class Packets {
  #rest: Buffer = Buffer.alloc(0);

  /** The packets that are whole now, without their heads. */
  take(bytes: Buffer): Buffer[] {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const whole: Buffer[] = [];
    while (rest.length >= 4 && rest.length >= 4 + rest.readUIntLE(0, 3)) {
      const end = 4 + rest.readUIntLE(0, 3);
      whole.push(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
    this.#rest = rest;
    return whole;
  }
}

type Part = string | Buffer | readonly number[];

/** Three bytes of length, its number, what it holds. */
export function packet(sequence: number, ...parts: readonly Part[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const head = Buffer.from([0, 0, 0, sequence]);
  head.writeUIntLE(body.length, 0, 3);
  return Buffer.concat([head, body]);
}

function definition({ name, type, characterSet, flags }: Column): Buffer {
  const fixed = Buffer.alloc(13);
  fixed.writeUInt8(12, 0);
  fixed.writeUInt16LE(characterSet, 1);
  fixed.writeUInt32LE(1_024, 3);
  fixed.writeUInt8(type, 7);
  fixed.writeUInt16LE(flags, 8);
  return Buffer.concat([...['def', '', '', '', name, ''].map(counted), fixed]);
}

/** A string after its length. */
function counted(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length =
    bytes.length < 251
      ? Buffer.from([bytes.length])
      : Buffer.from([0xfc, bytes.length & 255, bytes.length >> 8]);
  return Buffer.concat([length, bytes]);
}
