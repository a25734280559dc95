import { describe, expect, it } from 'vitest';
import { isReplicated, type LogEvent, markBy, placeAfter } from '../../src/topology/pseudo-gtid.ts';

/** Events of one file, a hundred bytes each, as `Query BEGIN`. */
function log(file: string, ...words: readonly string[]): LogEvent[] {
  return words.map((each, index) => {
    const [type = '', ...info] = each.split(' ');
    return { file, position: index * 100, end: index * 100 + 100, type, info: info.join(' ') };
  });
}

const mark = 'Query drop view if exists `_pseudo_gtid_`.`_asc:1`';
const insert = (xid: number, table = 90) => [
  'Query BEGIN',
  `Table_map table_id: ${table} (shop.orders)`,
  `Write_rows table_id: ${table} flags: STMT_END_F`,
  `Xid COMMIT /* xid=${xid} */`,
];

describe('a replica without GTID', () => {
  it('goes on in another log behind what both say after the same mark', () => {
    const own = log('own.000003', mark, ...insert(7));
    const theirs = log('bin.000009', mark, ...insert(12, 131), ...insert(13, 131));
    expect(placeAfter(own, theirs)).toEqual({ at: { file: 'bin.000009', position: 500 } });
  });

  it('goes on behind the mark itself where it has nothing after it', () => {
    expect(placeAfter(log('own.1', mark), log('bin.9', mark, ...insert(12)))).toEqual({
      at: { file: 'bin.9', position: 100 },
    });
  });

  it('passes over what a log says of itself', () => {
    const own = log('own.3', mark, 'Rotate own.000004;pos=4', 'Format_desc Server ver: 8', ...insert(7));
    const theirs = log('bin.9', 'Previous_gtids 1-5', mark, ...insert(12));
    expect(placeAfter(own, theirs)).toEqual({ at: { file: 'bin.9', position: 600 } });
    expect(log('bin.9', 'Stop ', 'Gtid_list [0-1-5]', ...insert(1)).filter(isReplicated)).toHaveLength(4);
  });

  it('goes on nowhere where the other log says something else, or ends before', () => {
    const own = log('own.3', mark, ...insert(7), ...insert(8));
    expect(placeAfter(own, log('bin.9', mark, ...insert(12)))).toEqual({
      because: 'it has own.3:500, which the log of the other ends without',
    });
    expect(placeAfter(own, log('bin.9', mark, ...insert(12), 'Query drop table shop.orders'))).toEqual({
      because: 'its own.3:500 says "BEGIN", and bin.9:500 of the other "drop table shop.orders"',
    });
    expect(placeAfter([], log('bin.9', mark))).toEqual({ because: 'its log has nothing to go by' });
  });
});

describe('a mark', () => {
  it('is a statement with the text of the configuration in it, or one that matches its expression', () => {
    const [marked, other] = log('bin.9', mark, 'Query drop view if exists `x`');
    const [rows] = log('bin.9', 'Rows_query drop view if exists `_pseudo_gtid_`.`_asc:1`');
    if (marked === undefined || other === undefined || rows === undefined) throw new Error('they are there');
    for (const markOf of [markBy('`_pseudo_gtid_`'), markBy(/_pseudo_gtid_.*_asc:\d/)]) {
      expect(markOf(marked)).toBe(marked.info);
      expect(markOf(other)).toBeNull();
      expect(markOf(rows)).toBeNull();
    }
  });
});
