import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { registerWeb } from '../../src/api/web.ts';

function aPage(prefix = '') {
  const folder = mkdtempSync(join(tmpdir(), 'baton-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<head><title>Baton</title></head>');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'let script;');
  writeFileSync(join(folder, 'assets', 'index-abc.js.br'), brotliCompressSync('let script;'));
  const server = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  void server.register(async (prefixed) => registerWeb(prefixed, { prefix, folder }), { prefix });
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  return server;
}

it('leads whoever asks for nothing to the page', async () => {
  const answers = await Promise.all(['/', '/web'].map((url) => aPage().inject(url)));
  expect(answers.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual([
    [302, '/web/'],
    [302, '/web/'],
  ]);
});

it('is the same page at every path, and knows by its base where it is served', async () => {
  for (const [prefix, path] of [
    ['', '/web/'],
    ['', '/web/cluster/alias/shop'],
    ['/team', '/team/web/recovery/1:a'],
  ] as const) {
    const { body, headers } = await aPage(prefix).inject(path);
    expect(body).toContain(`<base href="${prefix}/web/" />`);
    expect(headers['cache-control']).toBe('no-cache');
  }
});

it('lets the page run no script but what came with it, and ask nobody else', async () => {
  const { headers } = await aPage().inject('/web/');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self';");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
});

it('sends an asset as it was compressed when it was built, to be kept for ever', async () => {
  const page = aPage();
  const asked = (encoding: string) =>
    page.inject({ url: '/web/assets/index-abc.js', headers: { 'accept-encoding': encoding } });
  const brotli = await asked('gzip, deflate, br');
  expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe('let script;');
  expect(brotli.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
  });
  expect(brotli.headers['cache-control']).toContain('immutable');
  expect(gunzipSync((await asked('gzip')).rawPayload).toString()).toBe('let script;');
  expect((await asked('identity')).body).toBe('let script;');
});

it('has no asset that was not built, however it is asked for', async () => {
  const page = aPage();
  for (const url of [
    '/web/assets/index-old.js',
    '/web/assets/..%2Findex.html',
    '/web/assets/index-abc.js.br',
  ])
    expect((await page.inject(url)).statusCode).toBe(404);
});

it('says how to build a page that was not built', async () => {
  const server = Fastify();
  registerWeb(server, { prefix: '', folder: '/nonexistent' });
  const { statusCode, body } = await server.inject('/web/');
  expect([statusCode, body]).toEqual([503, expect.stringContaining('npm run build')]);
});
