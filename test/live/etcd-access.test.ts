import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EtcdAccess } from '../../src/etcd/access.ts';
import { AnEtcd } from './an-etcd.ts';
import { Certificates } from './certificates.ts';
import { letIn } from './etcd-users.ts';

async function started(how?: Parameters<typeof AnEtcd.start>[1], members = 1): Promise<AnEtcd> {
  const server = await AnEtcd.start(members, how);
  onTestFinished(() => server.stop());
  return server;
}

function asking(server: AnEtcd, access: Partial<EtcdAccess> = {}) {
  const etcd = server.client({ timeoutMs: 3_000, ...access });
  onTestFinished(() => etcd.close());
  return etcd;
}

describe('an etcd that wants to know who asks', () => {
  it('is signed in to, and again when it has forgotten us; a wrong password is told in its own words', async () => {
    const server = await started({ more: ['--auth-token-ttl', '1'] });
    await asking(server).read({ key: 'up' });
    await letIn(server, { user: 'baton', password: 'it’s "secret"' });

    const ours = asking(server, { user: 'baton', password: 'it’s "secret"' });
    expect((await ours.transact({ change: [{ put: '/baton/a', value: '1' }] })).done).toBe(true);
    await expect
      .poll(async () => (await ours.read({ key: '/baton/a' })).pairs[0]?.value, {
        interval: 700,
        timeout: 5_000,
      })
      .toBe('1');
    await expect(ours.read({ key: '/other' })).rejects.toThrow('etcdserver: permission denied');
    await expect(
      asking(server, { user: 'baton', password: 'wrong' }).read({ key: '/baton/a' }),
    ).rejects.toThrow('etcdserver: authentication failed, invalid user ID or password');
    await expect(asking(server).read({ key: '/baton/a' })).rejects.toThrow('etcdserver: user name is empty');
  });
});

describe('an etcd behind TLS', () => {
  it('is asked with a certificate, where its own is to be trusted', async () => {
    const made = await Certificates.make();
    const text = (name: string) => readFile(made.path(name), 'utf8');
    const server = await started({
      scheme: 'https',
      more: [
        `--cert-file=${made.path('server.pem')}`,
        `--key-file=${made.path('server.key')}`,
        `--trusted-ca-file=${made.path('ca.pem')}`,
        '--client-cert-auth',
      ],
    });
    const [ca, cert, key] = [await text('ca.pem'), await text('client.pem'), await text('client.key')];
    const ours = asking(server, { tls: { ca, cert, key } });
    expect((await ours.transact({ change: [{ put: '/baton/a', value: '1' }] })).done).toBe(true);

    const refused = (access: Partial<EtcdAccess>) => asking(server, access).read({ key: '/baton/a' });
    await expect(refused({ tls: { ca: await text('other-ca.pem'), cert, key } })).rejects.toThrow(
      /etcd did not answer within 3000 ms: https:.* says .*certificate/,
    );
    await expect(refused({ tls: { ca, cert: null, key: null } })).rejects.toMatchObject({
      code: 'etcd-unreachable',
    });
  });
});

describe('an etcd that does not answer', () => {
  it('is told by its address and why; of several members any will do', async () => {
    const server = await started({}, 3);
    const etcd = asking(server);
    await etcd.transact({ change: [{ put: '/baton/a', value: '1' }] });
    await server.killMember(0);
    expect((await etcd.read({ key: '/baton/a' })).pairs[0]?.value).toBe('1');
    await server.killMember(1);
    await expect(etcd.read({ key: '/baton/a' })).rejects.toMatchObject({ code: 'etcd-unreachable' });
    const nowhere = asking(server, { endpoints: ['http://127.0.0.1:1'] });
    await expect(nowhere.read({ key: 'a' })).rejects.toThrow(
      'etcd did not answer within 3000 ms: http://127.0.0.1:1 says connect ECONNREFUSED 127.0.0.1:1',
    );
  });
});
