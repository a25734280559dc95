import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = '/run/netns';
const bridge = 'hosts';
const network = '10.77.0';

/** A machine in small: a network namespace with an address of its own. */
export interface Host {
  readonly name: string;
  readonly address: string;
  /** Put before a program and its words, they start it there, in the process that they were started in. */
  readonly words: readonly [string, ...string[]];
}

/**
 * Hosts on one wire, which can be cut between any two of them. Only for a process in a network and a mount namespace of
 * its own (test/live/own-network.ts), with which they are gone; it is on the wire too, and is never cut off.
 */
export class Hosts {
  readonly all: readonly Host[];

  private constructor(all: readonly Host[]) {
    this.all = all;
  }

  static async make(count: number): Promise<Hosts> {
    // Names of namespaces are files; those of the machine are not ours.
    await run('mkdir', ['-p', folder]);
    await run('mount', ['-t', 'tmpfs', 'none', folder]);
    await ip(`link add ${bridge} type bridge`);
    await ip(`address add ${network}.254/24 dev ${bridge}`);
    await ip(`link set ${bridge} up`);
    const all = Array.from(
      { length: count },
      (_, at): Host => ({
        name: `host${at + 1}`,
        address: `${network}.${at + 1}`,
        words: ['nsenter', `--net=${folder}/host${at + 1}`],
      }),
    );
    for (const host of all) await connect(host);
    return new Hosts(all);
  }

  /** From now on nothing that the one sends reaches the other, and nobody is told. */
  cut(from: Host, to: Host): Promise<void> {
    return rule(to, `add element inet wire cut { ${from.address} }`);
  }

  mend(from: Host, to: Host): Promise<void> {
    return rule(to, `delete element inet wire cut { ${from.address} }`);
  }
}

async function connect(host: Host): Promise<void> {
  const { name, address } = host;
  await ip(`netns add ${name}`);
  await ip(`link add ${name} type veth peer name wire netns ${name}`);
  await ip(`link set ${name} master ${bridge} up`);
  await ip(`-n ${name} link set lo up`);
  await ip(`-n ${name} address add ${address}/24 dev wire`);
  await ip(`-n ${name} link set wire up`);
  await rule(host, 'add table inet wire');
  await rule(host, 'add set inet wire cut { type ipv4_addr; }');
  await rule(host, 'add chain inet wire heard { type filter hook input priority 0; }');
  await rule(host, 'add rule inet wire heard ip saddr @cut drop');
}

async function ip(words: string): Promise<void> {
  await run('ip', words.split(' '));
}

async function rule(host: Host, words: string): Promise<void> {
  const [program, ...before] = host.words;
  await run(program, [...before, 'nft', words]);
}
