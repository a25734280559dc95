import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { listenOnNetwork } from '../../src/api/listen.ts';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { askLeader } from '../../src/api/orchestrator/ask-leader.ts';
import { unwritten } from '../../src/telemetry/audit.ts';
import { served } from '../api/served.ts';
import { Certificates } from './certificates.ts';

async function listening(given: Partial<Config>): Promise<number> {
  const told: string[] = [];
  const teller = { tell: (sentence: string) => void told.push(sentence), warn: () => {} };
  const config = { ...defaultConfig, ListenAddress: '127.0.0.1:0', ...given };
  const api = await listenOnNetwork(await served(), { config, teller, audit: unwritten });
  onTestFinished(async () => api?.close());
  return Number(/:(\d+)$/.exec(told.join())?.[1]);
}

function ask(
  port: number,
  path: string,
  certificates: Certificates,
  shown: string | null,
): Promise<{ status: number; body: string }> {
  const read = (name: string) => readFileSync(certificates.path(name));
  return new Promise((resolve, reject) => {
    const certificate = shown === null ? {} : { cert: read(`${shown}.pem`), key: read(`${shown}.key`) };
    request({ host: '127.0.0.1', port, path, ca: read('ca.pem'), ...certificate }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

it('lets only those in who show a good certificate, and says to the others what is wrong with theirs', async () => {
  const certificates = await Certificates.make();
  await certificates.issue('expired', { names: 'DNS:baton', days: -1 });
  await certificates.issue('stranger', { names: 'DNS:baton', authority: 'other-ca' });
  const tls = {
    UseSSL: true,
    SSLCertFile: certificates.path('server.pem'),
    SSLPrivateKeyFile: certificates.path('server.key'),
    SSLCAFile: certificates.path('ca.pem'),
  };
  const port = await listening({ ...tls, UseMutualTLS: true });
  const clusters = (shown: string | null) => ask(port, '/baton/v1/clusters', certificates, shown);
  expect((await clusters('client')).status).toBe(200);
  expect(await clusters(null)).toMatchObject({
    status: 401,
    body: expect.stringContaining('no certificate'),
  });
  expect(await clusters('expired')).toMatchObject({ status: 401, body: expect.stringMatching(/EXPIRED/) });
  expect((await clusters('stranger')).status).toBe(401);
  expect((await ask(port, '/health/live', certificates, null)).status).toBe(200);
  const units = await listening({ ...tls, UseMutualTLS: true, SSLValidOUs: ['dba'] });
  expect(await ask(units, '/baton/v1/clusters', certificates, 'client')).toMatchObject({
    status: 401,
    body: expect.stringContaining('SSLValidOUs'),
  });
});

it('names the file of a certificate that it cannot use', async () => {
  const tls = { UseSSL: true, SSLCertFile: '/nowhere.pem', SSLPrivateKeyFile: '/nowhere.key' };
  await expect(listening(tls)).rejects.toThrow(/SSLCertFile cannot be read: .*nowhere\.pem/);
});

it('answers a body that is too large with a sentence, and a request that is none with 400', async () => {
  const port = await listening({});
  const answer = await fetch(`http://127.0.0.1:${port}/baton/v1/operations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ by: 'x'.repeat(300_000) }),
  });
  expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('too large')]);
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
    let said = '';
    socket.on('data', (part) => {
      said += String(part);
    });
    socket.on('close', () => resolve(said)).on('error', reject);
  });
  expect(text).toContain('400 Bad Request');
});

it('a question is handed on over TLS, and never to a leader with a certificate of somebody else', async () => {
  const certificates = await Certificates.make();
  await certificates.issue('impostor', { names: 'IP:127.0.0.1', authority: 'other-ca' });
  const tls = (name: string) => ({
    UseSSL: true,
    UseMutualTLS: true,
    SSLCertFile: certificates.path(`${name}.pem`),
    SSLPrivateKeyFile: certificates.path(`${name}.key`),
    SSLCAFile: certificates.path('ca.pem'),
  });
  const asked = { method: 'GET', url: '/api/clusters', headers: {} } as Parameters<typeof askLeader>[1];
  const handOn = async (port: number) => {
    const leader = { name: 'other', since: 0, isOurs: false, address: `https://127.0.0.1:${port}` };
    return askLeader(leader, asked, { ...defaultConfig, ...tls('server') });
  };
  expect((await handOn(await listening(tls('server')))).status).toBe(200);
  await expect(handOn(await listening(tls('impostor')))).rejects.toMatchObject({ code: 'not-leader' });
});
