import { expect, it } from 'vitest';
import { advertisedAddress } from '../../src/controller/advertised-address.ts';

const plain = { HTTPAdvertise: '', ListenAddress: '', ListenSocket: '', UseSSL: false };

it.each([
  [{ HTTPAdvertise: 'https://[2001:db8::1]:3000' }, 'https://[2001:db8::1]:3000'],
  [{ ListenAddress: ':3000' }, 'http://host:3000'],
  [{ ListenAddress: '0.0.0.0:3000', UseSSL: true }, 'https://host:3000'],
  [{ ListenAddress: '192.0.2.7:3000' }, 'http://192.0.2.7:3000'],
  [{ ListenAddress: '[2001:db8::1]:3000' }, 'http://[2001:db8::1]:3000'],
  [{ ListenAddress: '127.0.0.1:3000' }, null],
  [{ ListenAddress: ':3000', ListenSocket: '/run/baton.sock' }, null],
  [{}, null],
])('with %j other controllers are told %s', (given, address) => {
  expect(advertisedAddress({ ...plain, ...given }, 'host')).toBe(address);
});
