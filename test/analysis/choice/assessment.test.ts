import { describe, expect, it } from 'vitest';
import { assessReturn } from '../../../src/analysis/choice/assessment.ts';
import type { Server } from '../../../src/topology/observation.ts';
import { primary } from '../../topology/instances.ts';

const server = (more: Partial<Server>): Server => {
  const { server: found } = primary('a:1', { server: more });
  if (found === null) throw new Error('a primary has a server');
  return found;
};
const [a, b] = ['3e11fa47-71ca-11e1-9e33-c80aa9429562', '3e11fa47-71ca-11e1-9e33-c80aa9429563'];
const mysql = (executedGtid: string, more: Partial<Server> = {}) =>
  server({ flavour: 'mysql', gtidMode: 'ON', executedGtid, ...more });
const mariadb = (binlogGtid: string, more: Partial<Server> = {}) =>
  server({ binlogGtid, executedGtid: binlogGtid.split(',').at(-1) ?? '', ...more });
const assessed = (returned: Server, successor: Server, others: readonly Server[] = []) =>
  assessReturn({ key: 'a:1', server: returned }, { key: 'b:1', server: successor }, others);

describe('a replaced primary', () => {
  it('may follow a successor that has all it has, and more', () => {
    expect(assessed(mysql(`${a}:1-10`), mysql(`${a}:1-10,${b}:1-3`))).toMatchObject({
      canFollow: true,
      count: 0,
    });
    expect(assessed(mariadb('0-1-10'), mariadb('0-1-10,0-2-13'))).toMatchObject({
      canFollow: true,
      count: 0,
    });
  });

  it('may not while it has transactions that its successor lacks: each is listed, and they are counted', () => {
    expect(assessed(mysql(`${a}:1-12`), mysql(`${a}:1-10,${b}:1-3`))).toEqual({
      canFollow: false,
      errant: `${a}:11-12`,
      count: 2,
      because: `a:1 has 2 transactions that b:1 lacks: ${a}:11-12`,
    });
    expect(assessed(mariadb('0-1-11'), mariadb('0-1-10,0-2-13'))).toMatchObject({
      canFollow: false,
      errant: '0-1-11..11',
      because: 'a:1 has 1 transaction that b:1 lacks: 0-1-11..11',
    });
  });

  it('may not where its successor has purged what it lacks', () => {
    const successor = mysql(`${a}:1-10,${b}:1-3`, { purgedGtid: `${a}:1-10,${b}:1-2` });
    expect(assessed(mysql(`${a}:1-10`), successor)).toEqual({
      canFollow: false,
      errant: '',
      count: 0,
      because: `b:1 has purged what a:1 lacks: ${b}:1-2`,
    });
  });

  it('may not where nobody can tell what it has', () => {
    const without = assessed(mysql('', { gtidMode: 'OFF' }), mysql(`${a}:1-10`));
    expect(without).toMatchObject({ canFollow: false, errant: '', count: null });
    expect(without.because).toContain('gtid_mode=OFF');
    expect(assessed(mysql(`${a}:1`), mariadb('0-1-10'))).toMatchObject({ canFollow: false, count: null });
    expect(assessed(mariadb('0-1'), mariadb('0-1-10'))).toMatchObject({ canFollow: false, count: null });
  });

  it('has nothing errant of a writer whom only another server of the cluster knows', () => {
    const [returned, successor] = [mariadb('0-7-5,0-1-10'), mariadb('0-1-10,0-2-13')];
    expect(assessed(returned, successor)).toMatchObject({ canFollow: false });
    expect(assessed(returned, successor, [mariadb('0-7-5,0-1-10')])).toMatchObject({ canFollow: true });
  });
});
