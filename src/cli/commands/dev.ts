import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Config, defaultConfig } from '../../config/keys.ts';
import type { Controller } from '../../controller/controller.ts';
import type { ReloadReport } from '../../controller/reloading.ts';
import type { Teller } from '../../engine/ports.ts';
import { silence, type Voices } from '../../hooks/voices.ts';
import { memoryJournal } from '../../journal/memory.ts';
import { BatonError } from '../../kernel/errors.ts';
import { Stage } from '../../simulation/stage/stage.ts';
import { heardJournal } from '../../telemetry/heard-journal.ts';
import { createMetrics, type Metrics } from '../../telemetry/metrics.ts';
import { coverageReport } from '../dev/coverage-report.ts';
import { firstScript, type Wanted } from '../dev/first-script.ts';
import { keepPace } from '../dev/pace.ts';
import { storyBook } from '../dev/story-book.ts';
import type { Leave, Terminal } from '../terminal.ts';

/** Opens the API and the page of a controller whose servers are pretended. */
export type ServeStage = (
  served: {
    readonly controller: Controller;
    readonly pages: Stage['pages'];
    readonly metrics: Metrics;
    readonly reload: (who: string) => Promise<ReloadReport>;
    readonly stage: Stage;
    readonly voices: Voices;
  },
  how: { config: Config; teller: Teller },
) => Promise<{ close(): Promise<void> } | null>;

interface Asked extends Wanted {
  readonly listen: string;
  readonly speed: number;
  readonly seed: number;
  readonly stories: readonly string[];
  readonly paused?: true;
  readonly list?: true;
  readonly coverage?: true | string;
}

const breathe = () => setImmediate();

/** `baton dev`: the API and the page on pretended servers, in one process and without a file. */
export function devCommand(terminal: Terminal, leave: Leave, serve: ServeStage): Command {
  return new Command('dev')
    .description('Play a story on pretended servers, and watch it on the page: no server is needed.')
    .option('--story <name>', 'a story of --list, or a file that ends in .story')
    .addOption(
      new Option('--fleet <file>', 'servers as `baton topology --json` prints them').conflicts('story'),
    )
    .addOption(
      new Option('--instances <number>', 'so many servers').argParser(whole).conflicts(['story', 'fleet']),
    )
    .addOption(new Option('--clusters <number>', 'in so many clusters').argParser(whole))
    .option('--listen <address>', 'where the page is', '127.0.0.1:3000')
    .addOption(new Option('--speed <factor>', 'how fast time passes there').argParser(Number).default(1))
    .addOption(new Option('--seed <number>', 'another chance').argParser(whole).default(1))
    .option('--stories <folder...>', 'more stories', [])
    .option('--paused', 'begin with time standing still')
    .option('--list', 'say which stories there are')
    .option('--coverage [workflow]', 'say what of the workflows the stories walk through')
    .exitOverride()
    .action(async (asked: Asked) => {
      const book = await storyBook(asked.stories);
      if (asked.list) {
        for (const { name, title } of book) terminal.print(`${name}\n  ${title}`);
        return leave(0);
      }
      if (asked.coverage !== undefined) {
        const only = asked.coverage === true ? null : asked.coverage;
        for (const line of await coverageReport(only, book, breathe)) terminal.print(line);
        return leave(0);
      }
      const metrics = createMetrics();
      const journal = (after: number) => heardJournal(memoryJournal(after), [metrics]);
      const ports = {
        breathe: () => setImmediate(),
        now: Date.now,
        journal,
        seed: asked.seed,
        scripts: book,
      };
      const stage = new Stage(ports, await firstScript(asked, book));
      await stage.begin();
      await stage.control({ do: 'speed', speed: asked.speed });
      if (asked.paused) await stage.control({ do: 'pause' });
      stage.awaitVisitor();
      await play(stage, { asked, metrics, terminal, serve });
      leave(0);
    });
}

/** Until it is told to stop. */
async function play(
  stage: Stage,
  {
    asked,
    metrics,
    terminal,
    serve,
  }: { asked: Asked; metrics: Metrics; terminal: Terminal; serve: ServeStage },
): Promise<void> {
  const config = { ...defaultConfig, ListenAddress: asked.listen };
  const say = (sentence: string) => terminal.say(sentence);
  const { controller, pages } = stage;
  const served = { controller, pages, metrics, reload, stage, voices: silence };
  const api = await serve(served, { config, teller: { tell: say, warn: say } });
  const place = asked.listen.startsWith(':') ? `localhost${asked.listen}` : asked.listen;
  terminal.say(`the story begins when somebody looks: http://${place}/web/workbench`);
  terminal.say('Ctrl-C ends it, and nothing is left');
  const stopping = new AbortController();
  const pace = keepPace(stage, stopping.signal);
  await Promise.race(['SIGTERM', 'SIGINT'].map((name) => once(process, name)));
  stopping.abort();
  await pace;
  await api?.close();
}

async function reload(): Promise<never> {
  throw new BatonError(
    'request-refused',
    'what is played in dev has no configuration that could be read again',
  );
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It is no whole number.');
  return Number(text);
}
