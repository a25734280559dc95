import { unlit, type Lit } from '../../../src/drawing/lit.ts';
import {
  type Complaint,
  importConf,
  type Profile,
  type ToldState,
  type WhenEntry,
  whenOf,
} from '../../../src/protocols/keepalived/index.ts';

/** What a keepalived.conf that was pasted or opened means. */
export interface Meant {
  readonly complaints: readonly Complaint[];
  /** Instances and sync groups, by what they are called there. */
  readonly parts: readonly {
    readonly name: string;
    readonly about: string;
    readonly entries: readonly WhenEntry[];
  }[];
}

/** Its includes stay where they are: a page reads no files of a machine. */
export function meantBy(text: string, profile: Profile): Meant {
  const conf = importConf({ file: 'keepalived.conf', text }, { id: '' });
  const when = whenOf(conf, { id: '', profile });
  return {
    complaints: conf.complaints,
    parts: [
      ...when.instances.map(({ name, priority, masterDownMs, skewMs, entries }) => ({
        name: `vrrp_instance ${name}`,
        about: `Priority ${priority}. It takes over ${Math.round(masterDownMs)} ms after the last advert, ${Math.round(skewMs)} ms after the master takes leave.`,
        entries,
      })),
      ...when.groups.map(({ name, entries }) => ({ name: `vrrp_sync_group ${name}`, about: '', entries })),
    ],
  };
}

/** The state of the machine `role` that keepalived tells of in this word. */
const stateOf: Readonly<Partial<Record<ToldState, string>>> = {
  BACKUP: 'backup',
  MASTER: 'master',
  FAULT: 'fault',
  STOP: 'stopped',
};

/** The states in which scripts are called are marked, the one that is looked at is lit. */
export function litFor(entries: readonly WhenEntry[], looked: ToldState | null): Lit {
  const calling = entries.filter(({ calls, state }) => calls.length > 0 && state !== looked);
  return {
    ...unlit,
    standing: [looked === null ? null : stateOf[looked]].filter((state) => state != null),
    passed: calling.flatMap(({ state }) => stateOf[state] ?? []),
  };
}

/** The word of keepalived for a state of the machine; null for one that it tells nobody of. */
export function toldAs(id: string | null): ToldState | null {
  const found = Object.entries(stateOf).find(([, state]) => state === id);
  return found === undefined ? null : (found[0] as ToldState);
}
