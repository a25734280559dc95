import { describe, expect, it } from 'vitest';
import { BatonError } from '../../src/kernel/errors.ts';
import { beginCloning, cloningIn, hasEndedWithServer } from '../../src/mysql/operations/clone.ts';

const statements = ['SET GLOBAL super_read_only = 0', 'CLONE INSTANCE'];

/** The statements that were asked, while the long one ends as given. */
async function begun(long: () => Promise<unknown>, state: 'absent' | 'under way') {
  const asked: string[] = [];
  const ask = async (statement: string) => asked.push(statement);
  const world = { ask, askLong: long, state: async () => state, rest: async () => {}, withinMs: 1_000 };
  const failure = await beginCloning(statements, world).then(
    () => null,
    (error: unknown) => error,
  );
  return { asked, failure };
}

describe('a clone on a real server', () => {
  it('is begun when the server says that it is under way, however long it takes then', async () => {
    const { asked, failure } = await begun(() => new Promise(() => {}), 'under way');
    expect([asked, failure]).toEqual([['SET GLOBAL super_read_only = 0'], null]);
  });

  it('that the server refuses leaves it as read-only as it was, and has its words', async () => {
    const refused = new BatonError('act-failed', 'no BACKUP_ADMIN');
    const { asked, failure } = await begun(() => Promise.reject(refused), 'absent');
    expect(failure).toBe(refused);
    expect(asked).toEqual(['SET GLOBAL super_read_only = 0', 'SET GLOBAL super_read_only = 1']);
  });

  it('may end with its server, which restarts or stops', () => {
    expect(hasEndedWithServer(Object.assign(new Error('no supervisor'), { errno: 3707 }))).toBe(true);
    expect(hasEndedWithServer(new BatonError('server-unreachable', 'the connection was lost'))).toBe(true);
    expect(hasEndedWithServer(Object.assign(new Error('denied'), { errno: 3862 }))).toBe(false);
  });

  it('has not failed where nobody was found to restart its server', () => {
    expect(cloningIn([{ STATE: 'Failed', ERROR_NO: 3707, ERROR_MESSAGE: '' }]).state).toBe('under way');
    expect(cloningIn([{ STATE: 'Failed', ERROR_NO: 3862, ERROR_MESSAGE: 'denied' }])).toEqual({
      state: 'failed',
      error: 'denied',
    });
    expect(cloningIn([{ STATE: 'Completed', ERROR_NO: 0, ERROR_MESSAGE: '' }]).state).toBe('completed');
    expect(cloningIn([]).state).toBe('absent');
  });
});
