import { expect, it } from 'vitest';
import { proxysqlPublisher } from '../../src/publish/proxysql.ts';
import { aProxysql } from './a-proxysql.ts';
import { shop } from './contract.ts';

const { signal } = new AbortController();

async function aPublisher() {
  const proxysql = await aProxysql();
  const ask = (statement: string) => proxysql.admin.ask(statement);
  return { ...proxysql, publisher: proxysqlPublisher({ ask, writerHostgroup: 10 }) };
}

it('the primary comes into an empty hostgroup, and runs', async () => {
  const { publisher, rows } = await aPublisher();
  expect(await publisher.published(shop, signal)).toEqual([null]);
  await publisher.publish(shop, 'db1:3306', signal);
  expect(await publisher.published(shop, signal)).toEqual(['db1:3306']);
  expect(rows('runtime_mysql_servers')).toMatchObject([
    { hostgroup_id: 10, hostname: 'db1', status: 'ONLINE' },
  ]);
});

it('a hostgroup that is withdrawn has nobody online, and other hostgroups stay as they are', async () => {
  const { publisher, rows, run } = await aPublisher();
  run("INSERT INTO mysql_servers (hostgroup_id, hostname) VALUES (10, 'db1'), (20, 'db1'), (20, 'db2')");
  await publisher.withdraw(shop, signal);
  await publisher.withdraw(shop, signal);
  expect(await publisher.published(shop, signal)).toEqual([null]);
  expect(rows('runtime_mysql_servers')).toMatchObject([
    { hostgroup_id: 10, status: 'OFFLINE_HARD' },
    { hostgroup_id: 20, status: 'ONLINE' },
    { hostgroup_id: 20, status: 'ONLINE' },
  ]);
});

it.each([
  ['another was there', "(10, 'db1', 3306, 7)"],
  ['it was there too', "(10, 'db1', 3306, 1), (10, 'db2', 3306, 7)"],
  ['it alone was there', "(10, 'db2', 3306, 7)"],
])('the primary is alone in its hostgroup, with what limits it had, where %s', async (_, before) => {
  const { publisher, rows, run } = await aPublisher();
  run(`INSERT INTO mysql_servers (hostgroup_id, hostname, port, weight) VALUES ${before}`);
  await publisher.withdraw(shop, signal);
  await publisher.publish(shop, 'db2:3306', signal);
  await publisher.publish(shop, 'db2:3306', signal);
  expect(await publisher.published(shop, signal)).toEqual(['db2:3306']);
  expect(rows('runtime_mysql_servers')).toEqual([
    { hostgroup_id: 10, hostname: 'db2', port: 3306, status: 'ONLINE', weight: 7 },
  ]);
});

it('two that are online are nobody whom the world could be told of', async () => {
  const { publisher, run } = await aPublisher();
  run("INSERT INTO mysql_servers (hostgroup_id, hostname) VALUES (10, 'db1'), (10, 'db2')");
  expect(await publisher.published(shop, signal)).toEqual(['unknown']);
});
