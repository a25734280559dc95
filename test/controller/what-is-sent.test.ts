import { expect, it, vi } from 'vitest';
import { socketDoor } from '../../src/api/door/doors.ts';
import { registerOperations } from '../../src/api/operations.ts';
import { createServer } from '../../src/api/server.ts';
import type { Controller } from '../../src/controller/controller.ts';
import { Restraint } from '../../src/controller/reports.ts';

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e15])(
  'no instance is left alone for %d ms: that is no time, or one that no date is known for',
  (forMs) => {
    const said = { by: 'ann', why: 'a new disk', instance: 'a:3306', forMs };
    expect(Restraint.safeParse(said).success).toBe(false);
    expect(Restraint.safeParse({ ...said, forMs: 60_000 }).success).toBe(true);
  },
);

it.each(['', ' ', null, 7])('no operation is begun without a reason: %j', async (why) => {
  const server = createServer(socketDoor(), null);
  const begin = vi.fn<() => Promise<string>>(async () => 'a uid');
  const operations = { begin };
  registerOperations(server, { operations } as unknown as Controller);
  const operation = { verb: 'set-read-only', instance: 'a:3306' };
  const ask = (because: unknown) =>
    server.inject({
      method: 'POST',
      url: '/baton/v1/operations',
      payload: { operation, by: 'ann', why: because },
    });
  expect((await ask(why)).statusCode).toBe(400);
  expect(begin).not.toHaveBeenCalled();
  expect((await ask('it is Sunday')).statusCode).toBe(200);
});
