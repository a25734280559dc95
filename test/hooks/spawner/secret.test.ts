import { expect, it } from 'vitest';
import { secretOf } from '../../../src/hooks/spawner/secret.ts';

const request = (secretVariable: string | null) =>
  ({ kind: 'http', url: 'http://x/', headers: {}, secretVariable }) as const;

it('comes from the variable that the hook names, and nowhere else', () => {
  expect(secretOf(request('KEY'), { KEY: 'words' })).toEqual({ secret: 'words' });
  expect(secretOf(request(null), { KEY: 'words' })).toEqual({ secret: null });
  expect(secretOf({ kind: 'shell', script: '' }, { KEY: 'words' })).toEqual({ secret: null });
});

it('is missed where the variable is not set, is empty, or has a prefix that promises base64', () => {
  for (const KEY of [undefined, '', 'whsec_', 'whsec_ü']) {
    const found = secretOf(request('KEY'), KEY === undefined ? {} : { KEY });
    expect(found).toEqual({ missing: expect.stringMatching(/^the variable KEY/) });
  }
});
