import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { builtTwin } from '../process/built.ts';

/** What a page may do: what came with it and nothing else. Mantine and the drawing set styles of elements by themselves. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The name of an asset has a digest in it, so what it names never changes. */
const forEver = 'public, max-age=31536000, immutable';

/** A file in the forms in which it can be sent. */
interface Asset {
  readonly type: string;
  readonly raw: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
}

/**
 * The page, below `/web/`: its assets as they were built, and for every other path there the page itself, which knows by
 * the path what to show. It holds nothing that needs a sign-in; what it shows it asks of the API. `folder` is where it
 * was built.
 */
export function registerWeb(
  server: FastifyInstance,
  {
    prefix,
    folder = fileURLToPath(new URL('../../web/', builtTwin(new URL('./web.ts', import.meta.url).href))),
  }: { prefix: string; folder?: string },
): void {
  const assets = assetsIn(join(folder, 'assets'));
  const page = pageIn(folder, `${prefix}/web/`);
  const icon = fileIn(folder, 'icon.svg');
  const nobody = { config: { needs: 'nobody' } } as const;
  const toPage = (_: FastifyRequest, reply: FastifyReply) => reply.redirect(`${prefix}/web/`);
  server.get('/', nobody, toPage);
  server.get('/web', nobody, (request, reply) =>
    request.url.split('?')[0]?.endsWith('/') === true
      ? sendPage(page, request, reply)
      : toPage(request, reply),
  );
  server.get('/web/icon.svg', nobody, (_, reply) =>
    icon === null ? reply.callNotFound() : reply.type('image/svg+xml').send(icon),
  );
  server.get<{ Params: { name: string } }>('/web/assets/:name', nobody, (request, reply) => {
    const asset = assets.get(request.params.name);
    return asset === undefined
      ? reply.callNotFound()
      : sendAsset(asset, request, reply.header('cache-control', forEver));
  });
  server.get('/web/*', nobody, (request, reply) => sendPage(page, request, reply));
}

function sendPage(page: Asset | null, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('content-security-policy', policy).header('cache-control', 'no-cache');
  if (page === null) return reply.code(503).type('text/plain; charset=utf-8').send(unbuilt);
  return sendAsset(page, request, reply);
}

const unbuilt = 'The page was not built: npm run build makes it. Everything else of this controller works.\n';

function sendAsset(asset: Asset, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const takes = String(request.headers['accept-encoding'] ?? '');
  const encoding = /\bbr\b/.test(takes) ? 'br' : /\bgzip\b/.test(takes) ? 'gzip' : null;
  if (encoding !== null) reply.header('content-encoding', encoding);
  const body = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : asset.raw;
  return reply.header('vary', 'accept-encoding').type(asset.type).send(body);
}

/** The page, told where it is served: its links and what it asks are relative to that. */
function pageIn(folder: string, base: string): Asset | null {
  const bytes = fileIn(folder, 'index.html');
  if (bytes === null) return null;
  const raw = Buffer.from(bytes.toString('utf8').replace('<head>', `<head>\n    <base href="${base}" />`));
  return { type: types['.html'] ?? '', raw, gzip: gzipSync(raw), brotli: brotliCompressSync(raw) };
}

function assetsIn(folder: string): ReadonlyMap<string, Asset> {
  const names = namesIn(folder).filter((name) => types[extname(name)] !== undefined);
  return new Map(
    names.map((name) => {
      const raw = readFileSync(join(folder, name));
      const type = types[extname(name)] ?? '';
      return [
        name,
        {
          type,
          raw,
          gzip: fileIn(folder, `${name}.gz`) ?? gzipSync(raw),
          brotli: fileIn(folder, `${name}.br`) ?? brotliCompressSync(raw),
        },
      ];
    }),
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function fileIn(folder: string, name: string): Buffer | null {
  try {
    return readFileSync(join(folder, name));
  } catch {
    return null;
  }
}
