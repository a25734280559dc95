import { actingNames } from '../../workflows/acting.ts';
import { type Config, defaultConfig } from '../config/keys.ts';
import { hooksOfConfig } from '../controller/hooks-of-config.ts';
import { type Controller, startOnPorts } from '../controller/on-ports.ts';
import type { SoleJournal, Teller } from '../engine/ports.ts';
import { messageOf } from '../kernel/errors.ts';
import { shortUid } from '../kernel/uid.ts';
import { memoryJournal } from '../journal/memory.ts';
import { leadingAlone, noColleagues } from '../leadership/alone.ts';
import { SeededChance } from './chance.ts';
import { VirtualClock } from './clock.ts';
import { Fleet } from './fleet.ts';
import { FleetServers } from './fleet-servers.ts';

import { Lifeline, mortalClock, mortalJournal, mortalRunner, mortalTeller } from './lifeline.ts';
import { type AgeingJournal, ageing } from './older-build.ts';
import { PretendedHooks } from './pretended-hooks.ts';
import { PretendedSignals } from './pretended-signals.ts';
import type { PretendedPublisher } from './pretended-publisher.ts';

/** One line that the controller said; `at` is milliseconds since 1970. */
export interface Told {
  readonly at: number;
  readonly sentence: string;
  readonly warns: boolean;
  /** The run that it is about, `recovery 3f2a91bc`; null where it is about none. */
  readonly run: string | null;
}

/** What a world may be given; a story leaves it all as it is. */
interface Surroundings {
  readonly seed?: number;
  readonly flavour?: 'mariadb' | 'mysql';
  /** The first moment, in milliseconds since 1970. */
  readonly begins?: number | undefined;
  readonly journal?: SoleJournal;
}

/** How long a controller may take to look around before a story takes it for stuck. */
const startsWithinMs = 60_000;

/**
 * A controller of flesh and blood in a pretended world: its journal is memory, its servers a fleet,
 * its hooks are only written down and its time is virtual. It may die after any record and be started
 * again; journal, fleet and hooks outlive it.
 */
export class World {
  readonly clock: VirtualClock;
  readonly fleet: Fleet;
  readonly hooks: PretendedHooks;
  /** Another system that watches the hosts. */
  readonly signals: PretendedSignals;
  readonly journal: AgeingJournal;
  readonly told: Told[] = [];
  /** Evidence that was written down, by the names of the files. */
  readonly files = new Map<string, string>();
  /** Who tells the world of primaries; null where the story has nobody. */
  publisher: PretendedPublisher | null = null;
  config: Config = { ...defaultConfig, RecoverMasterClusterFilters: ['*'] };
  readonly #chance: SeededChance;
  readonly #breathe: () => Promise<void>;
  #life = new Lifeline();
  #controller: Controller | null = null;
  #recordsToLive = Number.POSITIVE_INFINITY;

  constructor(
    breathe: () => Promise<void>,
    { seed = 1, flavour = 'mariadb', begins, journal = memoryJournal() }: Surroundings = {},
  ) {
    this.#chance = new SeededChance(seed);
    this.#breathe = breathe;
    this.clock = new VirtualClock(breathe, begins);
    this.fleet = new Fleet(this.clock, flavour);
    this.hooks = new PretendedHooks(this.clock);
    this.signals = new PretendedSignals(this.clock);
    this.journal = ageing(journal);
  }

  /** Null while none lives. */
  get controller(): Controller | null {
    return this.#life.isCut ? null : this.#controller;
  }

  /** A new life of the controller, on what the last one left. Its first look around takes a little time. */
  async start(): Promise<void> {
    this.#life.cut();
    const life = new Lifeline();
    this.#life = life;
    const clock = mortalClock(this.clock, life);
    const teller = mortalTeller(this.#teller(), life);
    const runner = mortalRunner(this.hooks, life);
    const journal = mortalJournal(this.journal, life, () => this.#countRecord());
    let started = false;
    const starting = startOnPorts({
      config: { ...this.config, DiscoverySeeds: this.fleet.servers.map(({ key }) => key) },
      journal,
      meter: { ended() {} },
      colleagues: noColleagues,
      leadership: leadingAlone(journal, { name: 'baton', since: this.clock.now() }),
      hooks: hooksOfConfig(this.config, { runner, clock }),
      signals: this.signals.through(life),
      teller,
      clock,
      chance: this.#chance,
      hostname: 'baton',
      evidence: {
        keep: async (name, text) => {
          this.files.set(name, text);
          return `errant/${name}`;
        },
      },
      publisher: this.publisher,
      connect: (onLost) => new FleetServers(this.fleet, { clock, life, onLost }),
    }).then(
      (controller) => {
        this.#controller = controller;
        started = true;
      },
      (error: unknown) => {
        teller.warn(`the controller did not start: ${messageOf(error)}`, {});
        started = true;
      },
    );
    for (let waited = 0; !started && waited < startsWithinMs && !life.isCut; waited += 1)
      await this.clock.advance(1);
    if (started) await starting;
  }

  /** The controller is gone at once, as by SIGKILL. */
  die(): void {
    this.#life.cut();
  }

  /** It stands still, as by SIGSTOP, until it goes on. */
  pause(): void {
    this.#life.pause();
  }

  goOn(): Promise<void> {
    return this.#life.goOn(this.#breathe);
  }

  /** It will be gone right after its journal has taken so many more records. */
  dieAfter(records: number): void {
    this.#recordsToLive = records;
  }

  #countRecord(): void {
    this.#recordsToLive -= 1;
    if (this.#recordsToLive > 0) return;
    this.#recordsToLive = Number.POSITIVE_INFINITY;
    this.die();
  }

  #teller(): Teller {
    const say = (warns: boolean) => (sentence: string, fields: Readonly<Record<string, unknown>>) => {
      const run = ['detection', ...actingNames].find((workflow) => workflow in fields);
      const name = run === undefined ? null : `${run} ${shortUid(String(fields[run]))}`;
      this.told.push({ at: this.clock.now(), sentence, warns, run: name });
    };
    return { tell: say(false), warn: say(true) };
  }
}
