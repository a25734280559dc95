import { expect, it } from 'vitest';
import { countedOnce, isCountedTwice } from '../../src/mysql/flavours/counted-twice.ts';

const registered = [{ Server_Id: 2 }, { Server_Id: 3 }];

it.each([
  ['connects anew', 3, registered, '10.0.0.2:1|10.0.0.3:1|10.0.0.3:2', 2],
  ['connects anew twice', 4, registered, '10.0.0.2:1|10.0.0.3:1|10.0.0.3:2|10.0.0.3:3', 2],
  ['left between the two questions', 3, registered, '10.0.0.2:1|10.0.0.3:1', 3],
  ['takes no part in semi-sync', 1, registered, '10.0.0.2:1|10.0.0.3:1', 1],
  ['may not be listed', 3, undefined, '10.0.0.2:1|10.0.0.3:1|10.0.0.3:2', 3],
] as const)(
  'a semi-sync replica of MySQL is counted once, where one %s',
  (_, counted, rows, dumping, told) => {
    expect(countedOnce(counted, { registered: rows && [...rows], dumping })).toBe(told);
  },
);

it('the list of connections is asked for only where more are counted than have registered', () => {
  expect(isCountedTwice(3, registered)).toBe(true);
  expect([isCountedTwice(2, registered), isCountedTwice(3, []), isCountedTwice(3, undefined)]).toEqual([
    false,
    false,
    false,
  ]);
});
