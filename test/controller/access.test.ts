import { expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/keys.ts';
import { accessOf } from '../../src/controller/access.ts';

it('connecting may take as long as a timer can, however many seconds are given', () => {
  const { connectTimeoutMs } = accessOf({
    ...defaultConfig,
    MySQLConnectTimeoutSeconds: Number.MAX_SAFE_INTEGER,
  });
  expect(connectTimeoutMs).toBe(2 ** 31 - 1);
});
