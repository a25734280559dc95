/** What an account may do on all of a server, by what the server itself says of it. */
export interface Permissions {
  readonly flavour: 'mariadb' | 'mysql';
  /** As the server says it: `8.4.3`, `10.11.6-MariaDB`. */
  readonly version: string;
  /** The lines of SHOW GRANTS; those of roles that the session has are among them. */
  readonly grants: readonly string[];
}

/** Those of the wanted privileges on `*.*` that are not there, as they are granted on this server. */
export function lackedPrivileges(wanted: readonly string[], permissions: Permissions): readonly string[] {
  const given = new Set(permissions.grants.flatMap(privilegesIn));
  if (given.has('ALL PRIVILEGES')) return [];
  const bySuper = given.has('SUPER') ? givenBySuper(permissions) : () => false;
  const lacked = wanted.filter((one) => !given.has(plain(one)) && !bySuper(plain(one)));
  if (!knowsSuperOnly(permissions)) return lacked;
  return [...new Set(lacked.map((one) => (one.includes('_') ? 'SUPER' : one)))];
}

/** What a person would type to give them. `account` is as CURRENT_USER() says it: `baton@10.0.%`. */
export function grantStatement(privileges: readonly string[], account: string): string {
  return `GRANT ${privileges.join(', ')} ON *.* TO ${quotedAccount(account)};`;
}

/** `'baton'@'10.0.%'`. */
export function quotedAccount(account: string): string {
  const at = account.lastIndexOf('@');
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return `${quoted(account.slice(0, at))}@${quoted(account.slice(at + 1))}`;
}

function privilegesIn(line: string): readonly string[] {
  const [, list] = /^GRANT (.+?) ON \*\.\* TO /i.exec(line) ?? [];
  return list === undefined ? [] : list.split(',').map((one) => plain(one.trim()));
}

/** One word for what releases write differently: READ_ONLY ADMIN, REPLICA MONITOR. */
function plain(privilege: string): string {
  return privilege
    .toUpperCase()
    .replaceAll('_', ' ')
    .replace(/\bREPLICA\b/, 'SLAVE');
}

/** Before 8.0 MySQL has SUPER in the place of the privileges with an underscore. */
function knowsSuperOnly({ flavour, version }: Permissions): boolean {
  return flavour === 'mysql' && Number.parseInt(version, 10) < 8;
}

/** MariaDB took what SUPER allows out of it in 10.11 (READ ONLY ADMIN) and 11.0 (the rest). */
function givenBySuper({ flavour, version }: Permissions): (privilege: string) => boolean {
  if (flavour === 'mysql') return (one) => one.endsWith(' ADMIN');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 10) return () => false;
  return (one) => one.endsWith(' ADMIN') && (minor < 11 || one !== 'READ ONLY ADMIN');
}
