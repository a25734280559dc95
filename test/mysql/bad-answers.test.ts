import type { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../src/controller/system.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Rows } from '../../src/mysql/link.ts';
import { MysqlServers } from '../../src/mysql/servers.ts';
import type { Observation } from '../../src/topology/observation.ts';
import { recordedServer } from './recorded-server.ts';
import { type Answer, packet, resultSets, valueBytes, wireServer } from './wire-server.ts';

type Row = Rows[number];

const recorded = await recordedServer('mariadb-10.5');

/** What a server in good health sends for a question, but for what `change` makes of the answers to a look. */
async function sent(question: string, change: (results: Rows[]) => Rows[] = (same) => same) {
  const { version, comment } = recorded.identity;
  if (question.startsWith('SELECT VERSION()'))
    return resultSets([[{ version, comment, performance_schema: 0 }], [], []]);
  if (question === 'SHOW GRANTS') return resultSets([[{ grants: 'GRANT ALL PRIVILEGES ON *.* TO x' }]]);
  const results = await recorded.ask(question);
  return resultSets(question.includes('SHOW') ? change(results) : results);
}

const isLook = (question: string) => question.includes('SHOW ALL SLAVES STATUS');

/** A server of which only the looks are answered otherwise: with these bytes, or by what is done to its connection. */
function behaving(look: (question: string, socket: Socket) => Promise<Uint8Array | null>): Answer {
  return (question, socket) => {
    void (isLook(question) ? look(question, socket) : sent(question)).then((bytes) => {
      if (bytes !== null && !socket.destroyed) socket.write(bytes);
    });
    return null;
  };
}

/** Looks at a server and, at the same time, at one in good health, which must not suffer. */
async function lookBeside(bad: Answer, timeoutMs = 2_000): Promise<Observation> {
  const servers = new MysqlServers({
    access: { user: 'baton', password: '', connectTimeoutMs: 5_000, tls: null },
    clock: systemClock,
    useSuperReadOnly: false,
    onLost: () => {},
  });
  onTestFinished(() => servers.close());
  const keys: InstanceKey[] = [await wireServer(bad), await wireServer(behaving((text) => sent(text)))];
  const [seen, other] = await servers.look(keys, timeoutMs);
  if (seen === undefined) throw new Error('a look brings an observation');
  expect(other?.error).toBeNull();
  expect(other).toMatchObject({ outcome: 'read', server: { serverId: 2 } });
  return { ...seen, error: seen.error?.replace(seen.key, 'it') ?? null };
}

const changed = (change: (results: Rows[]) => Rows[]) => behaving((question) => sent(question, change));

/** With another value in the first SELECT, or in the first row of the replication status. */
const own = (name: string, value: unknown) =>
  changed(([first = [], ...rest]) => [[{ ...first[0], [name]: value }], ...rest]);
const channel = (name: string, value: unknown) =>
  changed(([first = [], channels = [], ...rest]) => [
    first,
    channels.map((row) => ({ ...row, [name]: value })),
    ...rest,
  ]);

it('a server that answers columns in another order is read as any other', async () => {
  const turned = (row: Row): Row => Object.fromEntries(Object.entries(row).toReversed());
  const seen = await lookBeside(changed((results) => results.map((rows) => rows.map(turned))));
  const straight = await lookBeside(changed((same) => same));
  expect(seen.server).toEqual(straight.server);
  expect(seen.outcome).toBe('read');
});

const nulls = (row: Row): Row => Object.fromEntries(Object.keys(row).map((name) => [name, null]));

it.each<[what: string, answer: Answer, error: string]>([
  [
    'nothing but NULLs',
    changed((results) => results.map((rows) => rows.map(nulls))),
    'its server_id is not in its answer',
  ],
  ['NULL for whether it takes writes', own('read_only', null), 'its read_only is not in its answer'],
  [
    'a word for whether it takes writes',
    own('read_only', 'perhaps'),
    'its read_only is neither on nor off but "perhaps"',
  ],
  ['a text for a number', own('server_id', 'two'), 'its server_id is no number but "two"'],
  [
    'a thread in no known state',
    channel('Slave_IO_Running', null),
    'its Replica_IO_Running is no state of a thread but ""',
  ],
  [
    'a source at an impossible port',
    channel('Master_Port', 99_999),
    'its replication.source makes no sense: an instance is written as host:port',
  ],
  [
    'a GTID set that was cut off',
    own('gtid_current_pos', '0-1-90,1-9'),
    'it says a GTID set that cannot be read: "1-9" is no GTID',
  ],
  [
    'a GTID set of the other family',
    own('gtid_current_pos', '11111111-1111-1111-1111-111111111111:1-5'),
    'it says a GTID set of the other family',
  ],
  [
    'received GTIDs that are none',
    channel('Gtid_IO_Pos', 'x'),
    'it says a GTID set that cannot be read: "x" is no GTID',
  ],
  [
    'a GTID set of five megabytes',
    own('gtid_binlog_state', '0-1-1,'.repeat(900_000)),
    'it says a GTID set of 5 MB, and Baton reads 4',
  ],
  ['half of what it was asked for', changed(([first = []]) => [first]), 'it did not answer every question'],
  ['no row where there is always one', changed(([, ...rest]) => [[], ...rest]), 'it did not answer every'],
])('a server that answers %s is marked with a sentence', async (_, answer, error) => {
  const seen = await lookBeside(answer);
  expect(seen).toMatchObject({ outcome: 'partial', echo: 'answered', server: null });
  expect(seen.error).toContain(`it cannot be understood: ${error}`);
});

it('a server that ends in the middle of a packet is marked with a sentence', async () => {
  const seen = await lookBeside(
    behaving(async (question, socket) => {
      const whole = await sent(question);
      socket.end(whole.subarray(0, whole.length / 2));
      return null;
    }),
  );
  expect(seen).toMatchObject({ outcome: 'failed', echo: 'answered' });
  expect(seen.error).toContain('the connection was lost before the answer came');
});

/** Writes for as long as it is read. */
function pour(socket: Socket, bytes: Buffer): null {
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
  return null;
}

it('a server that begins a value of four gigabytes is cut off, and memory stays bounded', async () => {
  const before = process.memoryUsage().rss;
  const part = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 1]), Buffer.alloc(0xff_ff_ff, 'a')]);
  const seen = await lookBeside(
    behaving(async (_, socket) => pour(socket, part)),
    10_000,
  );
  expect(seen.error).toContain('it answered with more than 64 MB, and the connection was cut');
  expect((process.memoryUsage().rss - before) / 1_048_576).toBeLessThan(400);
});

it('a server whose rows never end is cut off', async () => {
  const head = resultSets([[{ a: '' }]]);
  const headOnly = head.subarray(0, head.length - 2 * 5 - 4);
  const rows = Buffer.concat(
    Array.from({ length: 10_240 }, (_, at) => packet((at + 4) % 256, valueBytes('row'))),
  );
  const seen = await lookBeside(
    behaving(async (_, socket) => {
      socket.write(headOnly);
      return pour(socket, rows);
    }),
    10_000,
  );
  expect(seen.error).toContain('it answered with more than 100000 rows, and the connection was cut');
});

interface Damage {
  /** Which byte becomes what. */
  readonly flips: readonly [at: number, value: number][];
  /** How much of the whole is left. */
  readonly length: number;
  readonly tail: Uint8Array;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  flips: fc.array(fc.tuple(fc.nat(6_000), fc.nat(255)), { maxLength: 12 }),
  length: fc.nat(6_000),
  tail: fc.uint8Array({ maxLength: 64 }),
});

function damaged(whole: Buffer, { flips, length, tail }: Damage): Uint8Array {
  const bytes = Buffer.concat([whole.subarray(0, length), tail]);
  for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value;
  return bytes;
}

it('whatever bytes a server answers with, a look at it ends with a sentence and nothing breaks', async () => {
  // The driver says of each packet that its number is wrong.
  const muted = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => muted.mockRestore());
  const scenes = fc.tuple(damage, fc.boolean());
  await fc.assert(
    fc.asyncProperty(scenes, async ([how, isOnlyLook]) => {
      const seen = await lookBeside((question, socket) => {
        const isSpared = isOnlyLook && !isLook(question);
        void sent(question).then((whole) =>
          isSpared ? socket.write(whole) : socket.end(damaged(whole, how)),
        );
        return null;
      });
      expect(seen.outcome === 'read' || seen.error).toBeTruthy();
    }),
    { numRuns: 300 },
  );
}, 60_000);
