import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { changingNames } from '../../controller/changes.ts';
import type { RecoveryReport, RecoveryStoryReport } from '../../controller/reports.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { shortUid } from '../../kernel/uid.ts';
import { daemonOf } from '../daemon.ts';
import { type Paint, paintFor } from '../paint.ts';
import { storyOf, whatHappened } from '../story.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly config?: string;
  readonly json?: true;
}

/** `baton recoveries`: what recoveries, takeovers and operations there were and are, newest first. Exits 1 while one is under way or ended badly. */
export function recoveriesCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('recoveries')
    .description(
      'List all that changed a cluster, newest first: exit 1 while one goes on or ended badly unseen.',
    )
    .addOption(new Option('--kind <kind>', 'only these').choices(['all', ...changingNames]).default('all'))
    .option('--limit <n>', 'how many', readLimit, 20)
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async ({ config, json, limit, kind }: Words & { limit: number; kind: string }) => {
      const daemon = await daemonOf(config);
      const recoveries = (await daemon.get(
        `/baton/v1/recoveries?limit=${limit}&kind=${kind}`,
      )) as readonly RecoveryReport[];
      if (json) terminal.print(JSON.stringify(recoveries, null, 2));
      else if (recoveries.length === 0) terminal.say('Nothing has changed a cluster.');
      else terminal.print(recoveries.map((one) => line(one, paintFor(terminal))).join('\n'));
      leave(recoveries.some(isOpenWound) ? 1 : 0);
    });
}

/** `baton recovery NAME`: the whole story of one. */
export function recoveryCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('recovery')
    .description('Tell the story of one recovery, from its detection to its last hook.')
    .argument('<name>', 'its uid, or the first hexadecimal digits that "baton recoveries" shows')
    .option(
      '--acknowledge <why>',
      'say that it has been seen, so that its cluster may be recovered again at once',
      readReason,
    )
    .option('--html [file]', 'write it as one file for a post-mortem, which any browser opens offline')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (name: string, { config, json, acknowledge, html }: Telling) => {
      const daemon = await daemonOf(config);
      const path = `/baton/v1/recoveries/${encodeURIComponent(name)}`;
      if (acknowledge !== undefined) {
        await daemon.post(`${path}/acknowledge`, { by: userInfo().username, why: acknowledge });
      }
      const story = (await daemon.get(path)) as RecoveryStoryReport;
      if (html !== undefined) {
        terminal.print(await written(await daemon.get(`${path}/report`), html));
        leave(isOpenWound(story.recovery) ? 1 : 0);
        return;
      }
      const told = () =>
        acknowledge === undefined ? storyOf(story) : line(story.recovery, paintFor(terminal));
      terminal.print(json ? JSON.stringify(story, null, 2) : told());
      leave(isOpenWound(story.recovery) ? 1 : 0);
    });
}

interface Telling extends Words {
  readonly acknowledge?: string;
  /** A file; true for one of the recovery's own name in this folder. */
  readonly html?: string | true;
}

/** Writes an incident's report, and says where. */
async function written(report: unknown, wanted: string | true): Promise<string> {
  const { file, html } = report as { readonly file: string; readonly html: string };
  const path = wanted === true ? file : wanted;
  try {
    await writeFile(path, html);
  } catch (error) {
    throw new BatonError('usage', `${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
  return path;
}

/** `baton approve NAME`: the word of a person that a hook waits for. */
export function approveCommand(terminal: Terminal): Command {
  return new Command('approve')
    .description('Answer for a hook whose end nobody saw and whose OnResume is "ask": run it again.')
    .argument('<name>', 'the recovery, as "baton recoveries" or the log names it')
    .option('--skip', 'it has done its work: go on as if it had ended well')
    .option('--fail', 'take it for failed')
    .requiredOption('--why <text>', 'why, for whoever reads the story', readReason)
    .option('--config <file>', 'the configuration of the controller')
    .exitOverride()
    .action(async (name: string, { config, skip, fail, why }: Approving) => {
      if (skip && fail) throw new BatonError('usage', 'a hook cannot be both skipped and failed');
      const answer = skip ? 'skip' : fail ? 'fail' : 'rerun';
      const daemon = await daemonOf(config);
      const path = `/baton/v1/recoveries/${encodeURIComponent(name)}/approve`;
      await daemon.post(path, { answer, by: userInfo().username, why });
      terminal.say(said[answer]);
    });
}

interface Approving extends Words {
  readonly skip?: true;
  readonly fail?: true;
  readonly why: string;
}

const said = {
  rerun: 'The hook is run again.',
  skip: 'The hook is taken for done, and the recovery goes on.',
  fail: 'The hook is taken for failed.',
} as const;

/** Ends of every kind of recovery after which nothing is left to do. */
const endsWell = [
  'recovered',
  'takenOver',
  'relocated',
  'mended',
  'notNeeded',
  'done',
  'rejoined',
  'refused',
];

/** Something that a person should still look at. */
function isOpenWound({ state, acknowledged }: RecoveryReport): boolean {
  return acknowledged === null && !endsWell.includes(state);
}

function line(recovery: RecoveryReport, paint: Paint): string {
  const { uid, startedAt, cluster, state, successor, reason, acknowledged, asked } = recovery;
  const came = successor === null ? state : `${state}, successor ${successor}`;
  const painted = isOpenWound(recovery) ? paint.bad(came) : paint.good(came);
  const seen = acknowledged === null ? null : `acknowledged by ${acknowledged}`;
  const wished = asked === null ? null : `asked for by ${asked.who}: ${asked.why}`;
  const rest = [reason, wished, seen].filter((one) => one !== null).map((one) => `; ${one}`);
  return `${paint.bold(shortUid(uid))}  ${startedAt}  ${cluster}  ${whatHappened(recovery)}: ${painted}${rest.join('')}`;
}

function readReason(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Say in a few words why.');
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw new InvalidArgumentError('It is a whole number from 1 to 1000.');
}
