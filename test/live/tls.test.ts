import { describe, expect, it, onTestFinished } from 'vitest';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { accessOf } from '../../src/controller/access.ts';
import { MysqlServers } from '../../src/mysql/servers.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import type { Flavour } from '../../src/sandbox/server-package.ts';
import { Certificates } from './certificates.ts';
import { flavoursHere } from './flavours.ts';
import { aScene, portOn, type Scene } from './scene.ts';

const reload: Record<Flavour, string> = { mariadb: 'FLUSH SSL', mysql: 'ALTER INSTANCE RELOAD TLS' };

/** One server with certificates, and how Baton with some configuration finds it. */
async function aServer(flavour: Flavour) {
  const certificates = await Certificates.make();
  await certificates.use('server');
  const scene = await aScene({ flavour, servers: 1, serverArguments: certificates.serverArguments });
  const sql = (text: string) => scene.sandbox.sql(portOn(scene, scene.primary), text);
  return {
    scene,
    certificates,
    sql,
    show: async (name: string) => {
      await certificates.use(name);
      await sql(reload[flavour]);
    },
    baton: (given: Partial<Config>) =>
      looker(scene, { MySQLTopologySSLCAFile: certificates.path('ca.pem'), ...given }),
  };
}

/** Looks by one controller's connections; `cipher` is empty over a plain one. */
function looker(scene: Scene, given: Partial<Config>) {
  const { user, password } = scene.sandbox.credentials.topology;
  const config = { ...defaultConfig, MySQLTopologyUser: user, MySQLTopologyPassword: password, ...given };
  const servers = new MysqlServers({
    access: accessOf(config),
    clock: systemClock,
    useSuperReadOnly: false,
    onLost: () => {},
  });
  onTestFinished(() => servers.close());
  return async (key = scene.primary) => {
    const [seen] = await servers.look([key], 5_000);
    return { outcome: seen?.outcome, echo: seen?.echo, error: seen?.error?.replaceAll(key, 'it') };
  };
}

const read = { outcome: 'read', echo: 'answered', error: undefined };
const refused = (error: RegExp) => ({
  outcome: 'failed',
  echo: 'answered',
  error: expect.stringMatching(error) as string,
});
const always = { MySQLTopologyUseMixedTLS: false };

describe.each(await flavoursHere())('the certificate of %s', (flavour) => {
  it('is checked: its authority, its name and its time; a server with a wrong one answers and is not dead', async () => {
    const { scene, certificates, sql, show, baton } = await aServer(flavour);
    await sql('SET GLOBAL require_secure_transport=ON');
    expect(await baton(always)()).toEqual(read);

    const other = { ...always, MySQLTopologySSLCAFile: certificates.path('other-ca.pem') };
    expect(await baton(other)()).toEqual(
      refused(
        /^the certificate of it is not signed by the authority in \S+other-ca\.pem \(.+\): put .+MySQLTopologySSLCAFile names$/,
      ),
    );
    expect(await baton({ ...other, MySQLTopologySSLSkipVerify: true })()).toEqual(read);

    await certificates.issue('elsewhere', { names: 'IP:192.0.2.1,DNS:db1.example' });
    await show('elsewhere');
    expect(await baton(always)()).toEqual(
      refused(/^the certificate of it is for another name \(.*127\.0\.0\.1/),
    );
    expect(await baton({ ...always, MySQLTopologySSLSkipVerify: true })()).toEqual(read);

    // MySQL loads no certificate whose time is over.
    if (flavour === 'mariadb') {
      await certificates.issue('old', { names: 'IP:127.0.0.1', days: -1 });
      await show('old');
      expect(await baton(always)()).toEqual(refused(/^certificate has expired, which it .*: renew it/));
    }

    await certificates.issue('named', { names: 'DNS:localhost' });
    await show('named');
    expect((await baton(always)()).error).toMatch(/for another name/);
    expect(await baton(always)(`localhost:${portOn(scene, scene.primary)}`)).toEqual(read);
  });
});

describe.each(await flavoursHere())('a connection to %s', (flavour) => {
  it('is plain unless the server demands encryption, and never plain again once it did (MySQLTopologyUseMixedTLS)', async () => {
    const { sql, baton } = await aServer(flavour);
    const look = baton({});
    const looks = () => expect.poll(look).toEqual(read);
    expect(await encryptedBy(sql, looks)).toBe(0);

    await sql('SET GLOBAL require_secure_transport=ON');
    await endConnections(sql);
    expect(await encryptedBy(sql, looks)).toBe(1);

    await sql('SET GLOBAL require_secure_transport=OFF');
    await endConnections(sql);
    expect(await encryptedBy(sql, looks)).toBe(1);
  });

  it('is encrypted for an account that demands it, and a wrong password is still told as such', async () => {
    const { sql, baton } = await aServer(flavour);
    await sql(`ALTER USER 'baton'@'127.0.0.1' REQUIRE SSL`);
    expect(await baton({ MySQLTopologyUseMixedTLS: false, MySQLTopologySSLCAFile: '' })()).toMatchObject({
      outcome: 'failed',
    });
    expect(await baton({})()).toEqual(read);
    expect(await baton({ MySQLTopologyPassword: 'wrong' })()).toEqual(
      refused(/^it refuses Baton's account: Access denied/),
    );
    expect(await baton({ MySQLTopologySSLCAFile: '' })()).toEqual(
      refused(
        /^it refuses Baton's account: .* encrypted .* no authority that this machine knows .*MySQLTopologySSLCAFile/,
      ),
    );
  });

  it('shows Baton’s own certificate where the account demands one (MySQLTopologyUseMutualTLS)', async () => {
    const { sql, baton, certificates } = await aServer(flavour);
    await sql(`ALTER USER 'baton'@'127.0.0.1' REQUIRE SUBJECT '/CN=client'`);
    const mutual = {
      MySQLTopologyUseMutualTLS: true,
      MySQLTopologySSLCertFile: certificates.path('client.pem'),
      MySQLTopologySSLPrivateKeyFile: certificates.path('client.key'),
    };
    expect(await baton(mutual)()).toEqual(read);
    expect((await baton(always)()).outcome).toBe('failed');
    await certificates.issue('client', { names: 'DNS:baton', authority: 'other-ca' });
    expect((await baton(mutual)()).outcome).toBe('failed');
  });

  it('is refused in a sentence where the server offers no encryption and the configuration wants it', async () => {
    const scene = await aScene({ flavour, servers: 1, serverArguments: offered[flavour] });
    const { folder } = await Certificates.make();
    const look = looker(scene, { ...always, MySQLTopologySSLCAFile: `${folder}/ca.pem` });
    expect(await look()).toEqual(refused(/^it offers no encrypted connections/));
  });
});

const offered: Record<Flavour, readonly string[]> = { mariadb: [], mysql: ['--tls-version='] };

it.runIf((await flavoursHere()).includes('mysql'))(
  'a password of caching_sha2_password goes to MySQL without encryption, by the server’s public key',
  async () => {
    const { sql, baton } = await aServer('mysql');
    const plain = { MySQLTopologyUseMixedTLS: false, MySQLTopologySSLCAFile: '' };
    // The server forgets the passwords that it has seen, so the whole exchange is made.
    await sql('FLUSH PRIVILEGES');
    const looks = async () => expect(await baton(plain)()).toEqual(read);
    expect(await encryptedBy(sql, looks)).toBe(0);
    await sql('FLUSH PRIVILEGES');
    expect(await baton({ ...plain, MySQLTopologyPassword: 'wrong' })()).toEqual(refused(/Access denied/));
  },
);

/** How many encrypted connections the server has taken meanwhile; the client that counts them may take one itself. */
async function encryptedBy(
  sql: (text: string) => Promise<string>,
  act: () => Promise<unknown>,
): Promise<number> {
  const count = async () =>
    Number((await sql(`SHOW GLOBAL STATUS LIKE 'Ssl_finished_accepts'`)).split('\t')[1]);
  const first = await count();
  const before = await count();
  await act();
  return (await count()) - before - (before - first);
}

async function endConnections(sql: (text: string) => Promise<string>): Promise<void> {
  const ids = await sql(`SELECT id FROM information_schema.processlist WHERE user='baton'`);
  for (const id of ids.split('\n')) await sql(`KILL ${id}`);
}
