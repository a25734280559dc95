import { describe, expect, it } from 'vitest';
import { withoutPassword } from '../../src/mysql/account.ts';
import { mysqlOf } from '../../src/mysql/flavours/mysql.ts';
import { ReplicationAccounts } from '../../src/mysql/replication-accounts.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Server } from '../../src/topology/observation.ts';
import { replica } from '../topology/instances.ts';

const nothing = { query: '', user: '', password: '' };
const table = {
  User_name: 'repl',
  User_password: 'hush',
  Enabled_ssl: 1,
  Ssl_ca: '/etc/ca.pem',
  Ssl_cert: '',
  Ssl_key: '',
  Ssl_verify_server_cert: 0,
  Connect_retry: 1,
  Retry_count: 86_400,
};

/** b:1 is the new source of a:1, and c:1 replicates from it; `answers` are by server and the beginning of a query. */
function accountsOf(
  keys: typeof nothing,
  answers: Readonly<Record<string, Readonly<Record<string, unknown>> | Error>>,
) {
  const asked: string[] = [];
  const servers = new Map<InstanceKey, Server | null>([['b:1', null]]);
  const sibling = replica('c:1', 'b:1', {}).server;
  servers.set('c:1', sibling === null ? null : { ...sibling, flavour: 'mysql' });
  const accounts = new ReplicationAccounts(keys, {
    ask: async (key, query) => {
      asked.push(`${key} ${query}`);
      const found = Object.entries(answers).find(([name]) => `${key} ${query}`.startsWith(name))?.[1];
      if (found instanceof Error) throw found;
      return found ?? null;
    },
    seen: (key) => servers.get(key) ?? null,
    known: () => [...servers.keys()],
  });
  return { accounts, asked };
}

function said(errno: number, sqlMessage: string): Error {
  return Object.assign(new Error(sqlMessage), { errno, code: 'ER_SOMETHING', sqlMessage });
}

describe('an account for a server that has none', () => {
  it('is what ReplicationCredentialsQuery gives, with the files of TLS that it names', async () => {
    const keys = { ...nothing, query: 'SELECT mine' };
    const row = { user: 'repl', password: 'hush', ca: '/ca.pem', cert: '/cert.pem', key: '/key.pem' };
    const { accounts } = accountsOf(keys, { 'b:1 SELECT mine': row });
    expect(await accounts.find('b:1', 'a:1')).toMatchObject({
      user: 'repl',
      password: 'hush',
      tls: { enabled: true, ca: '/ca.pem', cert: '/cert.pem', key: '/key.pem' },
    });
  });

  it('is that of a MySQL replica beside it, with its TLS settings and its patience', async () => {
    const { accounts } = accountsOf(nothing, { 'c:1 SELECT * FROM mysql.slave_master_info': table });
    expect(await accounts.find('b:1', 'a:1')).toEqual({
      user: 'repl',
      password: 'hush',
      tls: { enabled: true, ca: '/etc/ca.pem', cert: '', key: '', verifiesName: false },
      connectRetrySeconds: 1,
      retryCount: 86_400,
    });
  });

  it('is ReplicationUser where no other can be read, and encrypts as the replica beside it does', async () => {
    const status = { Source_SSL_Allowed: 'Yes', Source_SSL_CA_File: '/ca.pem', Connect_Retry: 3 };
    const { accounts } = accountsOf(
      { ...nothing, user: 'repl', password: 'hush' },
      {
        'c:1 SELECT * FROM mysql.slave_master_info': said(1142, 'SELECT command denied'),
        'c:1 SHOW REPLICA STATUS': status,
      },
    );
    expect(await accounts.find('b:1', null)).toMatchObject({
      user: 'repl',
      tls: { enabled: true, ca: '/ca.pem' },
      connectRetrySeconds: 3,
    });
  });

  it('is refused with the keys to set, and without a word of the query that failed', async () => {
    const { accounts } = accountsOf(
      { ...nothing, query: "SELECT 'repl', 'hush' FROM" },
      {
        'b:1 SELECT': said(1064, "You have an error in your SQL syntax near ''hush' FROM'"),
      },
    );
    const refusal = await accounts.find('b:1', 'a:1').catch((error: Error) => error.message);
    expect(refusal).toContain('nobody knows an account for a:1, to replicate from b:1: set ReplicationUser');
    expect(refusal).toContain('ReplicationCredentialsQuery failed on b:1: error 1064');
    expect(refusal).not.toContain('hush');
  });
});

it('a statement is shown without the password that stands in it, however it is written', () => {
  const identity = { version: '8.4.0', comment: '', performanceSchema: true, serverUid: '' };
  const password = 'it\'s \\ "hush"';
  const account = { user: 'repl', password, tls: null, connectRetrySeconds: null, retryCount: null };
  const statement = mysqlOf(identity).changeSource({ host: 'a', port: 1, finds: 'gtid', account });
  const shown = withoutPassword(`b:1 answered "${statement}" with: no, not ${password}`, password);
  expect(shown).not.toContain('hush');
  expect(shown).toContain("SOURCE_PASSWORD='(hidden)', GET_SOURCE_PUBLIC_KEY=1");
});
