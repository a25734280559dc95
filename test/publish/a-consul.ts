import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What of Consul's HTTP interface publishing uses, by its contract: keys of each data center, transactions, a token. */
export interface AConsul {
  readonly address: string;
  /** The keys of each data center. */
  readonly kept: ReadonlyMap<string, Map<string, string>>;
  /** `PUT /v1/kv/…`, without the query, in the order in which they came. */
  readonly asked: string[];
  /** A data center that answers 500. */
  broken: string | null;
}

export async function aConsul(how: { centers?: readonly string[]; token?: string } = {}): Promise<AConsul> {
  const { centers = ['dc1'], token = '' } = how;
  const kept = new Map(centers.map((center) => [center, new Map<string, string>()]));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://consul');
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      const answer = (status: number, text: string) => response.writeHead(status).end(text);
      const center = url.searchParams.get('dc') ?? centers[0] ?? '';
      const keys = kept.get(center);
      asked.push(`${request.method} ${url.pathname} ${center}`);
      if (token !== '' && request.headers['x-consul-token'] !== token)
        return answer(403, 'Permission denied');
      if (url.pathname === '/v1/catalog/datacenters') return answer(200, JSON.stringify(centers));
      if (keys === undefined) return answer(500, 'No path to datacenter');
      if (center === consul.broken) return answer(500, 'No cluster leader');
      if (url.pathname === '/v1/txn') {
        for (const { KV } of JSON.parse(body) as { KV: { Verb: string; Key: string; Value: string } }[]) {
          if (KV.Verb === 'set') keys.set(KV.Key, Buffer.from(KV.Value, 'base64').toString());
          else keys.delete(KV.Key);
        }
        return answer(200, '{"Results":[],"Errors":null}');
      }
      const key = url.pathname.slice('/v1/kv/'.length).split('/').map(decodeURIComponent).join('/');
      if (request.method === 'PUT') keys.set(key, body);
      if (request.method === 'DELETE') keys.delete(key);
      if (request.method !== 'GET') return answer(200, 'true\n');
      const found = [...keys].filter(([name]) => name.startsWith(key));
      if (found.length === 0) return answer(404, '');
      return answer(
        200,
        JSON.stringify(
          found.map(([Key, value]) => ({
            Key,
            Value: value === '' ? null : Buffer.from(value).toString('base64'),
          })),
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const consul: AConsul = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept,
    asked,
    broken: null,
  };
  return consul;
}
