import { z } from 'zod';
import type { Controller } from '../../controller/on-ports.ts';
import type { ArchivedJournal } from '../../journal/archive.ts';
import { BatonError } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { SeededChance } from '../chance.ts';
import { type Line, Play } from './play.ts';
import { type Recording, recorded } from './recording.ts';
import type { Script } from './script.ts';
import { whoeverLives } from './whoever-lives.ts';

const speeds = { slowest: 0.01, fastest: 100 } as const;
/** How often chance strikes, on the average, where things are let go wrong. */
const strikesEveryMs = 2_000;

/** What a person may do to a stage. */
export const Control = z.discriminatedUnion('do', [
  /** From its beginning, in another world. */
  z.object({ do: z.literal('play'), story: z.string() }),
  z.object({ do: z.literal('pause') }),
  z.object({ do: z.literal('continue') }),
  /** Pauses, and goes on to the next thing that happens. */
  z.object({ do: z.literal('step') }),
  /** So many seconds of the world for one of the wall's. */
  z.object({ do: z.literal('speed'), speed: z.number().min(speeds.slowest).max(speeds.fastest) }),
  /** Whatever a story can say: `kill a`. */
  z.object({ do: z.literal('say'), command: z.string().trim().min(1).max(1_000) }),
  /** Whether chance strikes now and then. */
  z.object({ do: z.literal('faults'), on: z.boolean() }),
]);
export type Control = z.output<typeof Control>;

/** How a stage stands. */
export interface StageReport {
  /** Counts what was begun on the stage, from 1. */
  readonly play: number;
  readonly story: string;
  readonly title: string;
  readonly commands: readonly string[];
  /** How many of them were given. */
  readonly given: number;
  readonly isOver: boolean;
  readonly isPaused: boolean;
  readonly speed: number;
  readonly faults: boolean;
  /** Milliseconds since the play began. */
  readonly at: number;
  readonly controller: 'lives' | 'dead';
  readonly servers: readonly {
    readonly instance: InstanceKey;
    readonly state: 'alive' | 'dead' | 'frozen' | 'crowded';
    readonly takesWrites: boolean;
  }[];
  /** From the line that was asked for on, and the number of the next one. */
  readonly lines: readonly Line[];
  readonly next: number;
}

/** All that a stage stands on. */
export interface StagePorts {
  readonly breathe: () => Promise<void>;
  /** Milliseconds since 1970: when the next world begins. */
  readonly now: () => number;
  /** The journal of the next world; its runs are numbered on from the last one's. */
  readonly journal: (after: number) => ArchivedJournal;
  readonly seed: number;
  /** What may be played. */
  readonly scripts: readonly Script[];
}

/** Plays one script after another, each in a world of its own, and passes for one controller with one journal. */
export class Stage {
  readonly controller: Controller;
  readonly pages: Pick<ArchivedJournal, 'extent' | 'heads' | 'read' | 'stored' | 'anchors' | 'facts'>;
  readonly #ports: StagePorts;
  readonly #chance: SeededChance;
  #journal: ArchivedJournal;
  #play: Play;
  #plays = 0;
  #isPaused = false;
  /** Nobody has looked yet, and whoever comes is to miss nothing. */
  #isAwaiting = false;
  #speed = 1;
  #faults = false;
  /** Questions that wait for an answer, which may need time. */
  #asked = 0;
  /** Of a millisecond, what has not passed yet. */
  #owed = 0;

  constructor(ports: StagePorts, first: Script) {
    this.#ports = ports;
    this.#chance = new SeededChance(ports.seed);
    this.#journal = ports.journal(0);
    this.#play = this.#begun(first);
    this.controller = whoeverLives(
      () => {
        this.#isAwaiting = false;
        return this.#play.world.controller;
      },
      (answer) => this.#await(answer),
    );
    this.pages = {
      extent: () => this.#journal.extent(),
      heads: (...asked) => this.#journal.heads(...asked),
      read: (uid) => this.#journal.read(uid),
      stored: (...asked) => this.#journal.stored(...asked),
      anchors: (...asked) => this.#journal.anchors(...asked),
      facts: () => this.#journal.facts(),
    };
  }

  /** Plays on until a controller is up, as one is before it answers anybody. */
  async begin(): Promise<void> {
    while (this.#play.world.controller === null && !this.#play.isOver) await this.#play.step();
  }

  /** Time stands still until somebody asks for anything. */
  awaitVisitor(): void {
    this.#isAwaiting = true;
  }

  get scripts(): readonly Script[] {
    return this.#ports.scripts;
  }

  /** So much of the wall's time has passed. Whoever has asked something is answered while the stage is paused, too. */
  async pass(milliseconds: number): Promise<void> {
    if (this.#isAwaiting) return;
    const whole = Math.floor(this.#owed + milliseconds * (this.#isPaused ? 1 : this.#speed));
    this.#owed += milliseconds * (this.#isPaused ? 1 : this.#speed) - whole;
    if (whole === 0) return;
    if (this.#isPaused) {
      if (this.#asked > 0) await this.#play.wait(whole);
      return;
    }
    if (this.#faults && this.#chance.below(strikesEveryMs) < whole) await this.#play.strike(this.#chance);
    await this.#play.pass(whole);
  }

  /** Throws `usage` for a story that is not known. */
  async control(control: Control): Promise<void> {
    switch (control.do) {
      case 'play':
        return this.#playAnew(this.#scriptNamed(control.story));
      case 'pause':
        this.#isPaused = true;
        return;
      case 'continue':
        this.#isPaused = false;
        return;
      case 'step':
        this.#isPaused = true;
        return this.#play.step();
      case 'speed':
        this.#speed = control.speed;
        return;
      case 'say':
        return this.#play.say(control.command);
      case 'faults':
        this.#faults = control.on;
        return;
    }
  }

  report(from: number): StageReport {
    this.#isAwaiting = false;
    const { script, given, isOver, world } = this.#play;
    return {
      play: this.#plays,
      story: script.name,
      title: script.title,
      commands: script.commands,
      given,
      isOver,
      isPaused: this.#isPaused,
      speed: this.#speed,
      faults: this.#faults,
      at: world.clock.monotonic(),
      controller: world.controller === null ? 'dead' : 'lives',
      servers: world.fleet.servers.map(({ key, alive, frozen, crowded, readOnly }) => ({
        instance: key,
        state: !alive ? 'dead' : frozen ? 'frozen' : crowded ? 'crowded' : 'alive',
        takesWrites: alive && !readOnly,
      })),
      ...this.#play.linesFrom(from),
    };
  }

  /** What a story leaves in the journal, played at once and beside the stage. Throws `usage`. */
  recorded(story: string): Promise<readonly Recording[]> {
    return recorded(this.#scriptNamed(story), this.#ports.breathe);
  }

  async #playAnew(script: Script): Promise<void> {
    this.#play.end();
    this.#journal = this.#ports.journal((await this.#journal.extent()).runs);
    this.#faults = false;
    this.#play = this.#begun(script);
  }

  #begun(script: Script): Play {
    const { breathe, now, seed } = this.#ports;
    this.#plays += 1;
    return new Play(script, { breathe, begins: Math.floor(now()), seed, journal: this.#journal });
  }

  #scriptNamed(name: string): Script {
    const found = [this.#play.script, ...this.#ports.scripts].find((one) => one.name === name);
    if (found !== undefined) return found;
    throw new BatonError('usage', `there is no story called "${name}"`);
  }

  #await(answer: Promise<unknown>): void {
    this.#asked += 1;
    const answered = () => {
      this.#asked -= 1;
    };
    answer.then(answered, answered);
  }
}
