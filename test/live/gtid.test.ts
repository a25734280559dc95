import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { containsGtid, countGtid, subtractGtid } from '../../src/topology/gtid/arithmetic.ts';
import { errantGtid } from '../../src/topology/gtid/errant.ts';
import { parseGtid } from '../../src/topology/gtid/parse.ts';
import { gtidText } from '../../src/topology/gtid/text.ts';
import { mariadbPosition, mysqlGtid } from '../topology/gtid/sets.ts';
import { flavoursHere } from './flavours.ts';
import { aScene, portOn, type Scene } from './scene.ts';

const flavours = await flavoursHere();
const rounds = 1_000;

/** Everything a server executed, in the words that errantGtid wants. */
const executedWords = { mysql: '@@global.gtid_executed', mariadb: '@@global.gtid_binlog_state' };

async function answersOf(scene: Scene, statements: readonly string[]): Promise<string[][]> {
  const said = await scene.sandbox.sql(portOn(scene, scene.primary), statements.join(';\n'));
  // A set of several servers is written over several lines, which the client shows as \n.
  return said.split('\n').map((row) => row.replaceAll('\\n', '').split('\t'));
}

describe.runIf(flavours.includes('mysql'))('GTID arithmetic, beside the server’s own', () => {
  it('contains, subtracts and writes as MySQL does, tags included, on random sets', async () => {
    const scene = await aScene({ flavour: 'mysql', servers: 1 });
    const pairs = fc.sample(fc.tuple(mysqlGtid, mysqlGtid), rounds);
    const asked = pairs.map(([a, b]) => {
      const [left, right] = [gtidText(a), gtidText(b)];
      return `SELECT GTID_SUBSET('${right}', '${left}'), GTID_SUBTRACT('${left}', '${right}'), 'end'`;
    });
    const ours = pairs.map(([a, b]) => [containsGtid(a, b) ? '1' : '0', gtidText(subtractGtid(a, b)), 'end']);
    expect(await answersOf(scene, asked)).toEqual(ours);
  });

  it('refuses what MySQL refuses, and of what MySQL takes only what a cut-off set ends with', async () => {
    const scene = await aScene({ flavour: 'mysql', servers: 1 });
    const uuid = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
    const refused = [
      '1-5 6',
      '1--3',
      '1:',
      '0',
      '9223372036854775807',
      '1a:1',
      'shop:',
      `${'a'.repeat(33)}:1`,
    ];
    for (const words of refused.map((each) => `${uuid}:${each}`)) {
      await expect(answersOf(scene, [`SELECT GTID_SUBTRACT('${words}', '')`])).rejects.toThrow('Malformed');
      expect(() => parseGtid(words)).toThrow('is no GTID');
    }
    const taken = [uuid, `${uuid}:shop`, `${uuid}:9-4`];
    const asked = taken.map((words) => `SELECT GTID_SUBTRACT('${words}', ''), 'end'`);
    expect(await answersOf(scene, asked)).toEqual(taken.map(() => ['', 'end']));
    for (const words of taken) expect(() => parseGtid(words)).toThrow('is no GTID');
  });
});

describe.runIf(flavours.includes('mariadb'))('a MariaDB position', () => {
  it('is read and written as MariaDB does, on random positions', async () => {
    const scene = await aScene({ servers: 1 });
    const positions = fc.sample(mariadbPosition(3), rounds / 5).map(gtidText);
    const asked = positions.map(
      (words) => `SET GLOBAL gtid_slave_pos = '${words}'; SELECT @@global.gtid_slave_pos, 'end'`,
    );
    // What was written before would have to be in every position.
    const said = await answersOf(scene, ['RESET MASTER', ...asked]);
    expect(said.map(([words = '']) => gtidText(parseGtid(words)))).toEqual(positions);
  });

  it('is refused where MariaDB refuses it', async () => {
    const scene = await aScene({ servers: 1 });
    const refused = ['0-1', '0-1-2-3', '0-1-1x', '4294967296-1-1', '0-4294967296-1'];
    for (const words of [...refused, '0-1-18446744073709551616']) {
      const asked = answersOf(scene, [`SET GLOBAL gtid_slave_pos = '${words}'`]);
      await expect(asked).rejects.toThrow('Could not parse GTID list');
      expect(() => parseGtid(words)).toThrow('is no GTID');
    }
  });
});

describe.each(flavours)('a transaction written on a replica of %s', (flavour) => {
  it('is found to be errant, and what replication brings is not', async () => {
    const scene = await aScene({ flavour, servers: 2 });
    const [primary, replica] = [scene.primary, scene.keys[1] ?? scene.primary];
    const sql = (key: typeof primary, words: string) => scene.sandbox.sql(portOn(scene, key), words);
    const executed = (key: typeof primary) => sql(key, `SELECT ${executedWords[flavour]}`);
    const insert = (id: number) => `INSERT INTO shop.orders VALUES (${id}, 'kept');`;
    const errant = async () => {
      const has = await executed(replica);
      return errantGtid({
        replica: has.replaceAll('\\n', ''),
        source: (await executed(primary)).replaceAll('\\n', ''),
      });
    };

    await sql(primary, insert(1));
    await expect.poll(() => sql(replica, 'SELECT COUNT(*) FROM shop.orders'), { timeout: 20_000 }).toBe('1');
    expect(gtidText(await errant())).toBe('');
    // Outside its strict mode MariaDB lets both servers give the same number away.
    if (flavour === 'mariadb') await sql(replica, 'SET GLOBAL gtid_strict_mode = 0');
    await sql(replica, insert(2));
    await sql(primary, insert(3));
    await sql(primary, insert(4));
    await expect.poll(() => sql(replica, 'SELECT COUNT(*) FROM shop.orders'), { timeout: 20_000 }).toBe('4');
    expect(countGtid(await errant())).toBe(1n);
    const who = await sql(replica, flavour === 'mysql' ? 'SELECT @@server_uuid' : 'SELECT @@server_id');
    expect(gtidText(await errant())).toContain(who);
  });
});

describe('the library', () => {
  it('finds errant transactions of both families in twenty lines', async () => {
    const example = fileURLToPath(builtTwin(new URL('../../examples/errant.ts', import.meta.url).href));
    const { exitCode, stdout } = await runProgram(process.execPath, [example], { timeoutMs: 30_000 });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        'MySQL, gtid_executed: 3 errant, 9b2c7a10-0f3d-11ef-8c55-0242ac120002:1-3',
        'MariaDB, gtid_binlog_state: 1 errant, 0-2-4991..4991',
      ].join('\n'),
    );
  });
});
