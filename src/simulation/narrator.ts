import { moment } from './names.ts';
import { verbs } from './verbs.ts';
import { World } from './world.ts';

/** Obeys a story's commands one after another and tells what was seen meanwhile, as an incident's log would. */
export class Narrator {
  readonly #breathe: () => Promise<void>;
  #world: World | null = null;
  #heard = 0;

  constructor(breathe: () => Promise<void>) {
    this.#breathe = breathe;
  }

  /** The world that the first `fleet` made. */
  get world(): World {
    if (this.#world === null) throw new RangeError('a story begins with a fleet');
    return this.#world;
  }

  /** The lines to be written under the command; never none. */
  async obey(command: string): Promise<readonly string[]> {
    const [verb = '', ...words] = command.split(' ');
    const how = verbs[verb];
    if (how === undefined) throw new RangeError(`a story cannot say "${verb}"`);
    if (this.#world === null) {
      const flavour = words[0] === 'mysql' ? 'mysql' : 'mariadb';
      this.#world = new World(this.#breathe, { flavour });
    }
    const answer = await how(this.world, words);
    const seen = [...this.#news(), ...answer];
    return seen.length === 0 ? [verb === 'tick' ? 'nothing happens' : 'ok'] : seen;
  }

  /** What the controller has said since; where there are several clusters, with the alias of the one it is about. */
  #news(): string[] {
    const { told, fleet, clock } = this.world;
    const several = new Set(fleet.servers.map(({ cluster }) => cluster)).size > 1;
    const news = told.slice(this.#heard);
    this.#heard = told.length;
    return news.map(({ at, sentence, warns, run }) => {
      const whose = several && run !== null ? `${run}: ` : '';
      return `${moment(at, clock.begins)}  ${warns ? '! ' : ''}${whose}${sentence}`;
    });
  }
}
