import { userInfo } from 'node:os';
import { BatonError } from '../../kernel/errors.ts';
import { hostOf, type InstanceKey, parseInstanceKey, portOf } from '../../kernel/instance-key.ts';

/** The flags of orchestrator and of orchestrator-client that a command may read, and their short forms. */
const flags: Readonly<Record<string, string>> = {
  c: 'command',
  i: 'instance',
  d: 'destination',
  s: 'destination',
  a: 'alias',
  o: 'owner',
  r: 'reason',
  u: 'duration',
  R: 'promotion-rule',
  U: 'api',
  P: 'path',
  t: 'tag',
  l: 'pool',
  H: 'hostname',
  q: 'query',
  b: 'auth',
  D: 'default-port',
  n: 'binlog',
  S: 'seconds',
  statement: 'query',
  sibling: 'destination',
  'database-port': 'default-port',
};

/** Flags of orchestrator’s that stand alone, and say nothing here. */
const silent = new Set(['debug', 'verbose', 'quiet', 'stack', 'noop', 'discovery', 'strict']);

/** What was written behind `baton`, as Go reads flags: `-x v`, `--x v` and `-x=v` are one. */
export class Words {
  readonly #values: ReadonlyMap<string, string>;
  readonly #defaultPort: number;

  constructor(values: ReadonlyMap<string, string>, defaultPort = 3306) {
    this.#values = values;
    this.#defaultPort = Number(values.get('default-port') ?? defaultPort);
  }

  /** Empty where it was not given. */
  get(flag: string): string {
    return this.#values.get(flag)?.trim() ?? '';
  }

  /** Throws `usage`. */
  must(flag: string): string {
    const value = this.get(flag);
    if (value !== '') return value;
    throw new BatonError('usage', `${this.get('command')} wants --${flag}`);
  }

  get owner(): string {
    return this.get('owner') || userInfo().username;
  }

  /** Every instance that `-i` names: orchestrator takes several, with commas or spaces between. */
  get instances(): readonly string[] {
    return this.get('instance')
      .split(/[\s,]+/)
      .filter((one) => one !== '');
  }

  /** The same words with one instance. */
  about(instance: string): Words {
    return new Words(new Map([...this.#values, ['instance', instance]]), this.#defaultPort);
  }

  /** `host/3306` of the instance that a flag names. Throws `usage`. */
  place(flag: string): string {
    const key = this.key(flag);
    return `${encodeURIComponent(hostOf(key))}/${portOf(key)}`;
  }

  /** The same behind a slash; empty where it is not named. */
  placeIfAny(flag: string): string {
    return this.get(flag) === '' ? '' : `/${this.place(flag)}`;
  }

  key(flag: string): InstanceKey {
    const key = parseInstanceKey(this.must(flag), this.#defaultPort);
    if (key === null) throw new BatonError('usage', `--${flag} is a host:port`);
    return key;
  }

  /** The cluster that an alias or an instance stands for. Throws `usage`. */
  get hint(): string {
    const alias = this.get('alias');
    return encodeURIComponent(alias === '' ? this.key('instance') : alias);
  }

  /** Empty for every cluster. */
  get hintIfAny(): string {
    return this.get('alias') === '' && this.get('instance') === '' ? '' : this.hint;
  }
}

/** Null where no command of orchestrator’s was given. Throws `usage`. */
export function flagsIn(args: readonly string[]): ReadonlyMap<string, string> | null {
  const [first = ''] = args;
  if (!first.startsWith('-') || !args.some((one) => /^--?(c|command)(=|$)/.test(one))) return null;
  const values = new Map<string, string>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, written = '', given] = /^--?([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const name = flags[written] ?? written;
    if (name === '') throw new BatonError('usage', `"${arg}" stands behind no flag`);
    if (silent.has(name)) continue;
    const value = given ?? rest.shift();
    if (value === undefined) throw new BatonError('usage', `-${written} wants a value`);
    values.set(name, value);
  }
  return values;
}
