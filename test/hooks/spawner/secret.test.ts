import { expect, it } from 'vitest';
import { secretsOf } from '../../../src/hooks/spawner/secret.ts';

const request = (secretVariable: string | null, headers: Record<string, string> = {}) =>
  ({ kind: 'http', url: 'http://x/', headers, secretVariable }) as const;

it('the key comes from the variable that the hook names, and nowhere else', () => {
  expect(secretsOf(request('KEY'), { KEY: 'words' })).toMatchObject({ secret: 'words' });
  expect(secretsOf(request(null), { KEY: 'words' })).toMatchObject({ secret: null });
  expect(secretsOf({ kind: 'shell', script: '' }, { KEY: 'words' })).toEqual({ secret: null, headers: {} });
});

it('the key is missed where the variable is not set, is empty, or has a prefix that promises base64', () => {
  for (const KEY of [undefined, '', 'whsec_', 'whsec_ü']) {
    const found = secretsOf(request('KEY'), KEY === undefined ? {} : { KEY });
    expect(found).toEqual({ missing: expect.stringMatching(/^the variable KEY/) });
  }
});

it('variables stand in headers only when the request is sent', () => {
  const body = request(null, { Authorization: 'Bearer ${TOKEN}', 'X-Plain': '$TOKEN {failedHost}' });
  expect(secretsOf(body, { TOKEN: 'a${b}' })).toMatchObject({
    headers: { Authorization: 'Bearer a${b}', 'X-Plain': '$TOKEN {failedHost}' },
  });
  expect(secretsOf(body, {})).toEqual({
    missing: 'the variable TOKEN, which its header Authorization names, is not set',
  });
});
