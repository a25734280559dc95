import { expect, it } from 'vitest';
import { variablesOf, words } from '../../src/hooks/words.ts';
import { facts, promoted } from './facts.ts';

it('a fact that is not known has no variable', () => {
  const absent = Object.keys(variablesOf(promoted)).filter((name) => !(name in variablesOf(facts)));
  expect(absent).toEqual([
    'ORC_SUCCESSOR_HOST',
    'ORC_SUCCESSOR_PORT',
    'ORC_SUCCESSOR_BINLOG_COORDINATES',
    'ORC_SUCCESSOR_ALIAS',
    'BATON_DATA_VERDICT',
    'BATON_DATA_VERDICT_REASON',
    'BATON_MISSING_TRANSACTIONS',
    'BATON_COUNT_MISSING_TRANSACTIONS',
  ]);
  expect(Object.keys(variablesOf(facts))).toHaveLength(22);
});

it('hosts are told without brackets, lists by host and then by port', () => {
  expect(variablesOf(promoted)).toMatchObject({
    ORC_SUCCESSOR_HOST: '::1',
    ORC_SUCCESSOR_PORT: '3307',
    ORC_SUCCESSOR_BINLOG_COORDINATES: 'bin.000001:2523',
    ORC_REPLICA_HOSTS: 'db10:3306,db2:3306,db2:3307',
    ORC_LOST_REPLICAS: 'db2:3306',
    BATON_DATA_VERDICT: 'at-most',
    BATON_MISSING_TRANSACTIONS: '0-1-8..9',
    BATON_COUNT_MISSING_TRANSACTIONS: '2',
  });
});

it('no two words share a name', () => {
  const names = words.flatMap(({ placeholders, variable }) => [
    ...placeholders,
    ...(variable ? [variable] : []),
  ]);
  expect(new Set(names).size).toBe(names.length);
});
