import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatonError } from '../kernel/errors.ts';
import { runProgram } from '../process/run-program.ts';
import { accountStatements, Credentials, newCredentials } from './accounts.ts';
import { flavourNames, type ServerPackage, type Tell } from './server-package.ts';
import { baseArguments } from './settings.ts';
import { inTurn } from './turn.ts';

/** A data directory with its users in it, from which every server of a sandbox is copied. */
export interface Template {
  readonly dataDirectory: string;
  readonly credentials: Credentials;
}

/** The template of this server's version, made now where the cache has none. */
export async function templateFor(
  found: ServerPackage,
  options: { cacheDirectory: string; tell: Tell; signal: AbortSignal },
): Promise<Template> {
  const { cacheDirectory, tell, signal } = options;
  const home = join(cacheDirectory, 'templates', nameOf(found));
  return inTurn(home, signal, async () => {
    const known = await read(home);
    if (known !== null) return known;
    tell(`Making the first data directory of ${flavourNames[found.flavour]} ${found.version}.`);
    await mkdir(join(cacheDirectory, 'templates'), { recursive: true, mode: 0o700 });
    const work = await mkdtemp(`${home}.unfinished-`);
    try {
      const credentials = newCredentials();
      await mkdir(dataOf(work), { mode: 0o700 });
      await initialise(found, { work, credentials, signal });
      await writeFile(accountsOf(work), JSON.stringify(credentials), { mode: 0o600 });
      await rename(work, home);
      return { dataDirectory: dataOf(home), credentials };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

export async function copyTemplate(template: Template, dataDirectory: string): Promise<void> {
  await cp(template.dataDirectory, dataDirectory, { recursive: true });
}

/** Another version, or users that are made otherwise, want another template. */
function nameOf({ flavour, version }: ServerPackage): string {
  const nobody = { user: '', password: '' };
  const recipe = accountStatements(flavour, { topology: nobody, app: nobody, replication: nobody });
  const digest = createHash('sha256').update(recipe.join('\n')).digest('hex').slice(0, 8);
  return `${flavour}-${version.replaceAll(/[^\w.-]/g, '_')}-${process.arch}-${digest}`;
}

async function read(home: string): Promise<Template | null> {
  const text = await readFile(accountsOf(home), 'utf8').catch(() => null);
  if (text === null) return null;
  return { dataDirectory: dataOf(home), credentials: Credentials.parse(JSON.parse(text)) };
}

async function initialise(
  found: ServerPackage,
  { work, credentials, signal }: { work: string; credentials: Credentials; signal: AbortSignal },
): Promise<void> {
  const accounts = accountStatements(found.flavour, credentials);
  const shared = baseArguments(found, dataOf(work));
  const run = (args: readonly string[], input?: string) =>
    runProgram(found.server.file, [...shared, ...args], {
      timeoutMs: 120_000,
      signal,
      ...(input === undefined ? {} : { input }),
    });
  const ran =
    found.flavour === 'mariadb'
      ? await run(['--bootstrap', '--skip-networking'], await systemTables(found.shareDirectory, accounts))
      : await run(['--initialize-insecure', `--init-file=${await keep(work, accounts)}`]);
  signal.throwIfAborted();
  if (ran.exitCode === 0) {
    // Servers that share a uuid cannot replicate from each other; each makes its own at its first start.
    await rm(join(dataOf(work), 'auto.cnf'), { force: true });
    return;
  }
  const words = ran.stderr
    .trim()
    .split('\n')
    .filter((line) => /ERROR/.test(line))
    .slice(-3)
    .join('\n');
  throw new BatonError('sandbox', `${found.server.file} could not make its first data directory: ${words}`);
}

/**
 * What mariadb-install-db feeds to the server, without the shell around it: one statement a line. Its
 * root without a password stays for the socket only, which lies in a folder of the person's own.
 */
async function systemTables(shareDirectory: string, accounts: readonly string[]): Promise<string> {
  const names = await readdir(shareDirectory);
  const scripts = ['system_tables.sql', 'performance_tables.sql', 'system_tables_data.sql'].map(
    (ending) =>
      names.find((name) => /^(mysql|mariadb)_/.test(name) && name.replace(/^[a-z]+_/, '') === ending) ??
      ending,
  );
  const texts = await Promise.all(scripts.map((name) => readFile(join(shareDirectory, name), 'utf8')));
  return [
    'CREATE DATABASE mysql;',
    'USE mysql;',
    'SET @auth_root_socket=NULL;',
    'SET @skip_auth_anonymous=1;',
    ...texts,
    'FLUSH PRIVILEGES;',
    "DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1';",
    ...accounts,
    '',
  ].join('\n');
}

async function keep(work: string, statements: readonly string[]): Promise<string> {
  const file = join(work, 'accounts.sql');
  await writeFile(file, statements.join('\n'), { mode: 0o600 });
  return file;
}

function dataOf(home: string): string {
  return join(home, 'data');
}

function accountsOf(home: string): string {
  return join(home, 'accounts.json');
}
