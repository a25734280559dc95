import { setTimeout as pause } from 'node:timers/promises';
import type { SeededChance } from '../../src/simulation/chance.ts';
import type { Host, Hosts } from './hosts.ts';

export interface Strikable {
  signal(signal: NodeJS.Signals): void;
  restart(): Promise<void>;
}

/** Members of an etcd that can be struck. */
export interface Members {
  readonly endpoints: readonly string[];
  startMember(index: number): Promise<void>;
  signalMember(index: number, signal: NodeJS.Signals): void;
  killMember(index: number): Promise<void>;
}

/** Does harm for so long and undoes it; tells in words what it did. */
export type Strike = (chance: SeededChance, forMs: number) => Promise<string>;

export function strikeContender(all: readonly Strikable[]): Strike {
  return async (chance, forMs) => {
    const victim = all[chance.below(all.length)];
    if (chance.below(3) === 0) {
      await victim?.restart();
      return 'a controller killed';
    }
    victim?.signal('SIGSTOP');
    await pause(forMs);
    victim?.signal('SIGCONT');
    return 'a controller stopped';
  };
}

export function strikeMember(members: Members): Strike {
  return async (chance, forMs) => {
    const member = chance.below(members.endpoints.length);
    if (chance.below(2) === 0) {
      members.signalMember(member, 'SIGSTOP');
      await pause(forMs);
      members.signalMember(member, 'SIGCONT');
      return 'a member of etcd stopped';
    }
    await members.killMember(member);
    await pause(forMs);
    await members.startMember(member);
    return 'a member of etcd killed';
  };
}

/** Two that no longer hear each other, one that is not heard by another, or one that is alone. */
export function strikeNetwork(hosts: Hosts): Strike {
  const { all } = hosts;
  return async (chance, forMs) => {
    const one = all[chance.below(all.length)];
    const others = all.filter((host) => host !== one);
    const other = others[chance.below(others.length)];
    if (one === undefined || other === undefined) throw new Error('there is nobody to cut off');
    const kinds: readonly (readonly [string, readonly (readonly [Host, Host])[]])[] = [
      ['two cut from each other', bothWays([[one, other]])],
      ['one not heard by another', [[one, other]]],
      ['one cut from all', bothWays(others.map((each) => [one, each]))],
    ];
    const [name, cuts] = kinds[chance.below(kinds.length)] ?? ['', []];
    await Promise.all(cuts.map(([from, to]) => hosts.cut(from, to)));
    await pause(forMs);
    await Promise.all(cuts.map(([from, to]) => hosts.mend(from, to)));
    return name;
  };
}

function bothWays(pairs: readonly (readonly [Host, Host])[]): readonly (readonly [Host, Host])[] {
  return pairs.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]);
}
