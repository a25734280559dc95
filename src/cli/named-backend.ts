import { readFile } from 'node:fs/promises';
import { readCredentials } from '../config/credentials.ts';
import type { Config } from '../config/keys.ts';
import { backendAccessOf } from '../controller/access.ts';
import { openForeignFile } from '../journal/foreign-file.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { asWritten, parseInstanceKey } from '../kernel/instance-key.ts';
import type { BackendTables } from '../migration/backend.ts';
import { openForeignSchema } from '../mysql/foreign-schema.ts';

/** The variable that holds the password of a backend, where the configuration does not. */
const passwordVariable = 'BATON_IMPORT_PASSWORD';

interface Words {
  /** A SQLite file, or mysql://user@host:port/schema; undefined for what the configuration names. */
  readonly from: string | undefined;
  readonly passwordFile: string | undefined;
}

/** Opens the backend that is meant. Throws `usage`, `backend-unreadable`, and what a server that refuses throws. */
export async function openNamedBackend(
  config: Config,
  words: Words,
): Promise<BackendTables & { close(): void }> {
  const from = words.from ?? backendIn(config);
  if (!from.startsWith('mysql://')) return openForeignFile(from);
  const { key, schema, user } = addressIn(from);
  const account = await accountOf(config, user, words.passwordFile);
  return openForeignSchema(key, schema, { ...backendAccessOf(config), ...account });
}

/** As --from would name it. */
function backendIn(config: Config): string {
  const { BackendDB, SQLite3DataFile, MySQLOrchestratorHost: host, MySQLOrchestratorPort: port } = config;
  if (/^sqlite/i.test(BackendDB)) {
    if (SQLite3DataFile !== '') return SQLite3DataFile;
  } else if (host !== '') return `mysql://${host}:${port}/${config.MySQLOrchestratorDatabase}`;
  throw new BatonError(
    'usage',
    'the configuration names no backend of orchestrator (BackendDB with SQLite3DataFile, or MySQLOrchestratorHost): say --from FILE or --from mysql://user@host:port/schema',
  );
}

function addressIn(from: string) {
  const [, user, host = '', schema = ''] =
    /^mysql:\/\/(?:([^@/]*)@)?([^@/]+)(?:\/([^/]*))?$/.exec(from) ?? [];
  if (user?.includes(':'))
    throw new BatonError(
      'usage',
      `a password among the words is seen by everybody who lists processes: give it by ${passwordVariable} or --password-file`,
    );
  const key = parseInstanceKey(host, 3_306);
  if (key === null || schema === '')
    throw new BatonError(
      'usage',
      `--from ${asWritten(from)} is not of the form mysql://user@host:port/schema`,
    );
  return {
    key,
    schema: decodeURIComponent(schema),
    user: user === undefined ? null : decodeURIComponent(user),
  };
}

/** Who is named, else who the configuration names; the password that is given for this import comes first. */
async function accountOf(
  config: Config,
  named: string | null,
  passwordFile: string | undefined,
): Promise<{ user: string; password: string }> {
  const path = config.MySQLOrchestratorCredentialsConfigFile;
  const inFile = path === '' ? null : readCredentials(await textOf(path));
  const given =
    passwordFile === undefined
      ? process.env[passwordVariable]
      : (await textOf(passwordFile)).replace(/\r?\n$/, '');
  return {
    user: named ?? inFile?.user ?? config.MySQLOrchestratorUser,
    password: given ?? inFile?.password ?? config.MySQLOrchestratorPassword,
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new BatonError('usage', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
