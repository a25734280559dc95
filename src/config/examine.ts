import { dirname, resolve } from 'node:path';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { credentialsFault, readCredentials, withEnvironment } from './credentials.ts';
import { type Config, defaultConfig, type KeyName, keys } from './keys.ts';
import { type Given, readConfigText } from './read-text.ts';
import { doorRules } from './rules/door.ts';
import { recoveryRules } from './rules/recovery.ts';
import { surroundingsRules } from './rules/surroundings.ts';
import { type Sentence, sentence } from './sentence.ts';
import { unheededKeys } from './standing.ts';

/** Where a configuration is read from. */
export interface ConfigRequest {
  /** The first group of which any file exists is the configuration; in it, later files go over earlier ones. */
  readonly paths: readonly (readonly string[])[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A file's text; null where there is no such file. */
  readonly readText: (path: string) => Promise<string | null>;
}

export interface ExaminedConfig {
  /** Null where a sentence is an error. */
  readonly config: Config | null;
  readonly sentences: readonly Sentence[];
  readonly files: readonly string[];
  /** The keys that the files give. */
  readonly given: readonly KeyName[];
  /** The files in which a secret stands as it is. */
  readonly secretFiles: readonly string[];
  /** A sentence about a key with the place where a file gives it. */
  readonly place: (said: Sentence) => Sentence;
}

/** Reads and judges a configuration. Throws `config-missing` and `config-not-json` only. */
export async function examineConfig(request: ConfigRequest): Promise<ExaminedConfig> {
  const texts = await textsOf(request);
  const files = texts.map(({ path }) => path);
  const read = texts.map(({ path, text }) => readConfigText(path, text));
  const given = new Map(read.flatMap((file) => file.given).map((each) => [each.name, each]));
  const said = read.flatMap((file) => file.sentences);
  const secretFiles = filesWithSecrets([...given.values()]);
  const place = (each: Sentence) => placed(each, given);
  if (said.some(isError))
    return { config: null, sentences: said, files, given: [...given.keys()], secretFiles, place };

  const written = {
    ...defaultConfig,
    ...Object.fromEntries([...given].map(([name, { value }]) => [name, value])),
  };
  const credentials = await withCredentialsFile(written, request);
  const environment = withEnvironment(credentials.config, request.environment);
  const ruled = underRules(environment.config, given);
  const sentences = [
    ...said,
    ...[...credentials.sentences, ...environment.sentences, ...ruled.sentences].map(place),
  ];
  const folder = dirname(given.get('StateFile')?.file ?? files.at(-1) ?? '');
  const config = { ...ruled.config, StateFile: resolve(folder, ruled.config.StateFile) };
  return {
    config: sentences.some(isError) ? null : config,
    sentences,
    files,
    given: [...given.keys()],
    secretFiles,
    place,
  };
}

async function textsOf({
  paths,
  readText,
}: ConfigRequest): Promise<readonly { path: string; text: string }[]> {
  for (const group of paths) {
    const texts: { path: string; text: string }[] = [];
    for (const path of group) {
      const text = await readText(path);
      if (text !== null) texts.push({ path, text });
    }
    if (texts.length > 0) return texts;
  }
  const all = paths.flat();
  const message =
    all.length === 1
      ? `there is no file ${all[0]}`
      : `there is no configuration file; looked for ${all.join(', ')}`;
  throw new BatonError('config-missing', message);
}

async function withCredentialsFile(config: Config, { readText }: ConfigRequest): Promise<Judged> {
  const path = config.MySQLTopologyCredentialsConfigFile;
  if (path === '') return { config, sentences: [] };
  const key = 'MySQLTopologyCredentialsConfigFile';
  const wrong = (because: string): Judged => ({ config, sentences: [sentence('error', key, because)] });
  let text: string | null;
  try {
    text = await readText(path);
  } catch (error) {
    return wrong(`${key}: ${messageOf(error)}.`);
  }
  if (text === null) return wrong(`${key} names ${path}, which does not exist.`);
  const fault = credentialsFault(text);
  if (fault !== null) return wrong(`${key} names ${path}, of which ${fault}.`);
  const { user, password } = readCredentials(text);
  if (user === null && password === null)
    return wrong(`${path} has neither user nor password in its [client] section.`);
  const change = {
    MySQLTopologyUser: user ?? config.MySQLTopologyUser,
    MySQLTopologyPassword: password ?? config.MySQLTopologyPassword,
  };
  return { config: { ...config, ...change }, sentences: [] };
}

function filesWithSecrets(given: readonly Given[]): readonly string[] {
  const files = given.flatMap(({ name, value, file }) => {
    if (name === 'MySQLTopologyCredentialsConfigFile' && value !== '') return [String(value)];
    const isPlain = keys[name].kind === 'secret' && value !== '' && !String(value).includes('${');
    return isPlain ? [file] : [];
  });
  return [...new Set(files)];
}

interface Judged {
  readonly config: Config;
  readonly sentences: readonly Sentence[];
}

function underRules(config: Config, given: ReadonlyMap<KeyName, Given>): Judged {
  const begun: Judged = { config, sentences: unheededKeys(config, [...given.keys()]) };
  return [...recoveryRules, ...surroundingsRules, ...doorRules].reduce((judged, rule) => {
    const { change = {}, sentences = [] } = rule(judged.config, (name) => given.has(name));
    return { config: { ...judged.config, ...change }, sentences: [...judged.sentences, ...sentences] };
  }, begun);
}

function placed(said: Sentence, given: ReadonlyMap<KeyName, Given>): Sentence {
  const source = given.get(said.key as KeyName);
  return source === undefined ? said : { ...said, file: source.file, line: source.line };
}

function isError({ severity }: Sentence): boolean {
  return severity === 'error';
}
