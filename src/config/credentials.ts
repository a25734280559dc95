import { type Config, keys } from './keys.ts';
import { secretsIn } from './secrets.ts';
import { type Sentence, sentence } from './sentence.ts';

/** User and password of the [client] section of a file in the style of my.cnf; null for what it does not name. */
export interface Credentials {
  readonly user: string | null;
  readonly password: string | null;
}

/** Values may stand in quotes, and # or a ; after a space begins a comment, as in my.cnf and orchestrator's gcfg. */
export function readCredentials(text: string): Credentials {
  let inClient = false;
  const found: { user: string | null; password: string | null } = { user: null, password: null };
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) inClient = section.trim().toLowerCase() === 'client';
    const [, name = '', value = ''] = /^\s*(user|password)\s*=\s*(.*)$/i.exec(line) ?? [];
    if (!inClient || name === '') continue;
    found[name.toLowerCase() === 'user' ? 'user' : 'password'] = unquoted(value);
  }
  return found;
}

/**
 * What of such a file would be read otherwise than it is meant, with its line; null where nothing is. A file
 * that includes others may have its password there, and Baton reads this one only.
 */
export function credentialsFault(text: string): string | null {
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const included = /^\s*(!include(?:dir)?)\b/.exec(line)?.[1];
    if (included !== undefined)
      return `line ${at + 1} has ${included}, which Baton does not follow: write user and password into this file`;
    const [, name = '', value = ''] = /^\s*(user|password)\s*=\s*(["'].*)$/i.exec(line) ?? [];
    if (name !== '' && !quoted.test(value))
      return `line ${at + 1} opens a quote for ${name} that is never closed`;
  }
  return null;
}

const quoted = /^(["'])((?:\\.|(?!\1).)*)\1/;

function unquoted(value: string): string {
  const within = quoted.exec(value)?.[2];
  if (within !== undefined) return within.replace(/\\(["'\\])/g, '$1');
  return value.replace(/(#|\s;).*$/, '').trim();
}

/**
 * Takes secrets of the form ${VARIABLE} from the environment. orchestrator puts the variable in place of
 * the whole value, whatever stands around it, and so does Baton.
 */
export function withEnvironment(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly config: Config; readonly sentences: readonly Sentence[] } {
  const sentences: Sentence[] = [];
  const replaced: Record<string, string> = {};
  for (const [name, written] of secretsIn(config)) {
    const variable = /\$\{([^}]*)\}/.exec(written);
    if (variable === null) continue;
    const [form, variableName = ''] = variable;
    const value = environment[variableName];
    replaced[name] = value ?? '';
    if (value === undefined && keys[name].standing.use === 'used')
      sentences.push(
        sentence(
          'error',
          name,
          `${name} names the variable ${variableName}, which is not set in Baton’s environment.`,
        ),
      );
    else if (form !== written)
      sentences.push(
        sentence(
          'warning',
          name,
          `${name} is the variable ${variableName} alone; what stands around it is dropped, as in orchestrator.`,
        ),
      );
  }
  return { config: { ...config, ...replaced }, sentences };
}
