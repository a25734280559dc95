import type { SoleJournal } from '../../engine/ports.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { SeededChance } from '../chance.ts';
import { strike } from '../faults.ts';
import { verbs } from '../verbs.ts';
import { World } from '../world.ts';
import type { Script } from './script.ts';

/** One line of what happens on a stage; `at` is milliseconds since the play began. */
export interface Line {
  readonly at: number;
  /** `script` and `person` gave a command, `world` answered it or did something by itself. */
  readonly by: 'script' | 'person' | 'controller' | 'world';
  readonly warns: boolean;
  readonly text: string;
}

/** More is forgotten, the oldest first. */
const mostLines = 2_000;
/** Whoever waits for the next thing to happen waits so long at most. */
const stepMs = 60_000;

/**
 * A script that is played while its time passes: commands one after another, each `tick` as long as it says, and what
 * people do meanwhile in between. When the script is over its world goes on.
 */
export class Play {
  readonly script: Script;
  readonly world: World;
  readonly #lines: Line[] = [];
  /** How many lines were forgotten. */
  #forgotten = 0;
  #heard = 0;
  #next = 0;
  /** What is left of the `tick` that is going on. */
  #ticks = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    script: Script,
    {
      breathe,
      begins,
      seed,
      journal,
    }: {
      breathe: () => Promise<void>;
      begins: number;
      seed: number;
      journal: SoleJournal;
    },
  ) {
    this.script = script;
    const isMysql = script.commands.some((command) => command.startsWith('fleet mysql '));
    this.world = new World(breathe, { seed, flavour: isMysql ? 'mysql' : 'mariadb', begins, journal });
  }

  /** How many commands of the script were given. */
  get given(): number {
    return this.#next;
  }

  get isOver(): boolean {
    return this.#next === this.script.commands.length && this.#ticks <= 0;
  }

  /** What was said from the line of this number on, and the number of the next one. */
  linesFrom(number: number): { readonly lines: readonly Line[]; readonly next: number } {
    this.#listen();
    const skipped = Math.max(0, number - this.#forgotten);
    return { lines: this.#lines.slice(skipped), next: this.#forgotten + this.#lines.length };
  }

  /** Lets so much time pass, and gives the commands that are due by then. */
  pass(milliseconds: number): Promise<void> {
    return this.#inTurn(() => this.#pass(milliseconds));
  }

  /** Plays all that is left of the script, and no longer. */
  finish(): Promise<void> {
    return this.#inTurn(async () => {
      while (!this.isOver) await this.#pass(this.#ticks);
    });
  }

  /** Only time passes; the script waits. */
  wait(milliseconds: number): Promise<void> {
    return this.#inTurn(() => this.world.clock.advance(milliseconds));
  }

  /** Goes on to the next thing that happens: a command of the script, or a sentence of the controller's. */
  step(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#ticks <= 0 && this.#isCommandNext()) return this.#giveNext();
      const { next } = this.linesFrom(0);
      for (let passed = 0; passed < stepMs && this.linesFrom(0).next === next; passed += 1)
        await this.#pass(1);
    });
  }

  /** A command by hand, between those of the script. */
  say(command: string): Promise<void> {
    return this.#inTurn(() => this.#obey(command, 'person'));
  }

  /** Chance strikes once. */
  strike(chance: SeededChance): Promise<void> {
    return this.#inTurn(async () => {
      this.#write('world', await strike(this.world, chance), true);
    });
  }

  /** The controller is gone, and nothing more happens. */
  end(): void {
    this.world.die();
  }

  async #pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; ; ) {
      while (this.#ticks <= 0 && this.#isCommandNext()) await this.#giveNext();
      const share = this.#ticks > 0 ? Math.min(left, this.#ticks) : left;
      await this.world.clock.advance(share);
      this.#ticks -= Math.min(share, this.#ticks);
      left -= share;
      if (left <= 0) return;
    }
  }

  #isCommandNext(): boolean {
    return this.#next < this.script.commands.length;
  }

  async #giveNext(): Promise<void> {
    const command = this.script.commands[this.#next] ?? '';
    this.#next += 1;
    const [verb, seconds] = command.split(' ');
    if (verb !== 'tick') return this.#obey(command, 'script');
    this.#write('script', command);
    this.#ticks = Number(seconds) * 1_000;
  }

  async #obey(command: string, by: 'script' | 'person'): Promise<void> {
    this.#listen();
    this.#write(by, command);
    const [verb = '', ...words] = command.trim().split(/\s+/);
    try {
      const how = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
      if (how === undefined) throw new RangeError(`a story cannot say "${verb}"`);
      const answers = await how(this.world, words);
      this.#listen();
      for (const answer of answers) this.#write('world', answer);
    } catch (error) {
      this.#write('world', `cannot be done: ${messageOf(error)}`, true);
    }
  }

  /** What the controller has said since. */
  #listen(): void {
    const { told, clock } = this.world;
    const news = told.slice(this.#heard);
    this.#heard = told.length;
    for (const { at, sentence, warns } of news)
      this.#keep({ at: at - clock.begins, by: 'controller', warns, text: sentence });
  }

  #write(by: Line['by'], text: string, warns = false): void {
    this.#keep({ at: this.world.clock.monotonic(), by, warns, text });
  }

  #keep(line: Line): void {
    this.#lines.push(line);
    if (this.#lines.length <= mostLines) return;
    this.#lines.shift();
    this.#forgotten += 1;
  }

  /** One thing after another: time does not pass while a command is obeyed, but as the command has it. */
  #inTurn(how: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(how);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
