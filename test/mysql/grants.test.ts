import { describe, expect, it } from 'vitest';
import { grantStatement, lackedPrivileges, quotedAccount } from '../../src/mysql/grants.ts';
import { topologyGrants } from '../../src/sandbox/accounts.ts';

const [mariadb, mysql] = (['mariadb', 'mysql'] as const).map((flavour) =>
  topologyGrants[flavour].map(({ privilege }) => privilege),
) as [string[], string[]];

function lacks(flavour: 'mariadb' | 'mysql', version: string, ...grants: readonly string[]) {
  return lackedPrivileges(flavour === 'mysql' ? mysql : mariadb, { flavour, version, grants });
}

describe('what an account lacks', () => {
  it('is nothing where it has all, by one line or by several, or by a role that the session has', () => {
    expect(lacks('mysql', '8.4.3', "GRANT ALL PRIVILEGES ON *.* TO 'x'@'%'")).toEqual([]);
    const [first = '', ...others] = mysql;
    const lines = [`GRANT ${first} ON *.* TO \`x\`@\`%\``, `GRANT ${others.join(',')} ON *.* TO \`x\`@\`%\``];
    expect(lacks('mysql', '9.7.4', ...lines)).toEqual([]);
  });

  it('is all where it may do something on one schema only', () => {
    expect(lacks('mysql', '8.0.30', "GRANT ALL PRIVILEGES ON `shop`.* TO 'x'@'%'")).toEqual(mysql);
  });

  it('is SUPER on MySQL 5.7, which has nothing finer', () => {
    const line = "GRANT RELOAD, PROCESS, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'x'@'%'";
    expect(lacks('mysql', '5.7.44-log', line)).toEqual(['SUPER']);
    expect(lacks('mysql', '5.7.44-log', line.replace('RELOAD', 'RELOAD, SUPER'))).toEqual([]);
  });

  it('goes by what SUPER still allows on each MariaDB', () => {
    const line = "GRANT RELOAD, PROCESS, SUPER, BINLOG MONITOR, SLAVE MONITOR ON *.* TO 'x'@'%'";
    expect(lacks('mariadb', '10.6.4-MariaDB', line)).toEqual([]);
    expect(lacks('mariadb', '10.11.6-MariaDB', line)).toEqual(['READ ONLY ADMIN']);
    expect(lacks('mariadb', '11.8.2-MariaDB', line)).toHaveLength(4);
  });

  it('is found whichever way a release writes a privilege', () => {
    const line = `GRANT ${mariadb.join(', ')} ON *.* TO 'x'@'%'`
      .replace('READ ONLY', 'READ_ONLY')
      .replace('SLAVE MONITOR', 'REPLICA MONITOR')
      .replace('REPLICATION SLAVE ADMIN', 'REPLICATION REPLICA ADMIN');
    expect(lacks('mariadb', '10.5.9-MariaDB', line)).toEqual([]);
  });
});

it('an account is quoted as a statement wants it', () => {
  expect(quotedAccount('baton@10.0.%')).toBe("'baton'@'10.0.%'");
  expect(quotedAccount("o'neill@home@%")).toBe("'o''neill@home'@'%'");
  expect(grantStatement(['RELOAD', 'PROCESS'], 'b@%')).toBe("GRANT RELOAD, PROCESS ON *.* TO 'b'@'%';");
});
