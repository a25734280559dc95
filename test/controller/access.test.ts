import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/keys.ts';
import { accessOf, accessSentences } from '../../src/controller/access.ts';

it('connecting may take as long as a timer can, however many seconds are given', () => {
  const { connectTimeoutMs } = accessOf({
    ...defaultConfig,
    MySQLConnectTimeoutSeconds: Number.MAX_SAFE_INTEGER,
  });
  expect(connectTimeoutMs).toBe(2 ** 31 - 1);
});

it('encrypts where a server demands it unless told otherwise, and everywhere by an authority alone without the mixed mode', () => {
  const when = (given: object) => accessOf({ ...defaultConfig, ...given }).tls?.terms.when ?? null;
  expect(when({})).toBe('whereDemanded');
  expect(when({ MySQLTopologyUseMixedTLS: false })).toBeNull();
  expect(when({ MySQLTopologyUseMutualTLS: true })).toBe('always');
});

it.each([
  [
    { MySQLTopologySSLCAFile: '/nowhere/ca.pem' },
    /^MySQLTopologySSLCAFile names \/nowhere\/ca.pem, which cannot be read: /,
  ],
  [
    { MySQLTopologySSLCAFile: thisFile() },
    /^MySQLTopologySSLCAFile names \S+, which holds no certificate\.$/,
  ],
  [
    { MySQLTopologySSLCertFile: thisFile() },
    /^MySQLTopologySSLCertFile and MySQLTopologySSLPrivateKeyFile cannot be used: /,
  ],
])('a file that cannot be used is an error before anything is started: %j', (given, text) => {
  const said = accessSentences({ ...defaultConfig, ...given });
  expect(said).toMatchObject([
    { severity: 'error', key: Object.keys(given)[0], text: expect.stringMatching(text) as string },
  ]);
});

function thisFile(): string {
  return fileURLToPath(import.meta.url);
}
