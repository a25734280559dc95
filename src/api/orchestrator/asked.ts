import type { IncomingHttpHeaders } from 'node:http';
import type { Controller } from '../../controller/controller.ts';
import { BatonError } from '../../kernel/errors.ts';
import { hostOf, instanceKey, type InstanceKey, portOf } from '../../kernel/instance-key.ts';
import type { Cluster } from '../../topology/cluster.ts';
import type { Instance } from '../../topology/snapshot.ts';

/** One question, as a route reads it. orchestrator-client ends what it encodes in `%0A`: nothing keeps that here. */
export class Asked {
  readonly headers: IncomingHttpHeaders;
  /** Who asks, as the door knows them. */
  readonly by: string;
  readonly path: string;
  readonly #params: Readonly<Record<string, string>>;
  readonly #query: Readonly<Record<string, unknown>>;

  constructor(options: {
    headers: IncomingHttpHeaders;
    by: string;
    path: string;
    params: Readonly<Record<string, string>>;
    query: Readonly<Record<string, unknown>>;
  }) {
    this.headers = options.headers;
    this.by = options.by;
    this.path = options.path;
    this.#params = options.params;
    this.#query = options.query;
  }

  /** The word that the path begins with. */
  get word(): string {
    return this.path.split('/')[0] ?? '';
  }

  /** Empty where it was not given. */
  param(name: string): string {
    return (this.#params[name] ?? '').trim();
  }

  /** Empty where it was not given; the first of several. */
  query(name: string): string {
    const value = this.#query[name];
    const first = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? first.trim() : '';
  }

  /** What stands in the path, or in the query where the path has none. */
  either(name: string): string {
    return this.param(name) || this.query(name);
  }

  /** 0 where none was given. Throws `usage`. */
  number(name: string): number {
    const written = this.param(name) || '0';
    if (/^\d{1,16}$/.test(written) && Number.isSafeInteger(Number(written))) return Number(written);
    throw new BatonError('usage', `${name} is a whole number, and "${written}" is none`);
  }

  /** Why, in the asker's own words where there are any. */
  get asker(): { readonly by: string; readonly why: string } {
    const why = this.query('comment') || this.query('reason');
    return { by: this.by, why: why || `asked over orchestrator’s API: ${this.path}` };
  }

  /** The address that two parameters make. Throws `usage`. */
  address(host = 'host', port = 'port'): InstanceKey {
    return addressOf(this.param(host), this.param(port));
  }

  /** The instance that is meant by two parameters: the only known one that has the host in its name, where none has it for its name. Throws `instance-unknown`. */
  instance({ view }: Controller, host = 'host', port = 'port'): Instance {
    const address = this.address(host, port);
    const found = view.inventory.find(address) ?? theOnlyLike(address, view.inventory.instances);
    if (found !== null) return found;
    throw new BatonError('instance-unknown', `Cannot read instance: ${address}`);
  }

  /** The cluster that a name, an alias or an instance of it stands for. Throws `cluster-unknown`. */
  cluster(controller: Controller, name = 'clusterHint'): Cluster {
    return controller.clusterMeant(this.param(name));
  }
}

function addressOf(host: string, port: string): InstanceKey {
  const number = Number(port);
  if (host !== '' && /^\d{1,5}$/.test(port) && number >= 1 && number <= 65_535)
    return instanceKey(host, number);
  throw new BatonError('usage', `Invalid instance: ${host}:${port}`);
}

/** orchestrator 3.2.6, section 5.1: a part of a host will do where it is no IPv4 address and one instance has it. */
function theOnlyLike(address: InstanceKey, instances: readonly Instance[]): Instance | null {
  const host = hostOf(address);
  if (/^\d+(\.\d+){3}$/.test(host)) return null;
  const like = instances.filter(({ key }) => portOf(key) === portOf(address) && hostOf(key).includes(host));
  const [only, another] = like;
  return another === undefined ? (only ?? null) : null;
}
