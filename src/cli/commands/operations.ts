import { userInfo } from 'node:os';
import { Command } from 'commander';
import { Operation } from '../../../workflows/operation.ts';
import type { OperationPreview, OperationReport } from '../../controller/requests/reshapings.ts';
import { BatonError } from '../../kernel/errors.ts';
import { type Daemon, daemonOf } from '../daemon.ts';
import { instanceNamer } from '../instance-namer.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly below?: string;
  readonly seconds?: string;
  readonly before?: string;
  readonly force?: true;
  readonly connection?: string;
  readonly why: string;
  readonly dryRun?: true;
  readonly config?: string;
  readonly json?: true;
}

/** What each does, and what it wants to be told: below whom, or something of its own. */
interface Does {
  readonly does: string;
  readonly below?: 'must' | 'may';
  readonly flags?: readonly Flag[];
}

interface Flag {
  readonly flag: string;
  readonly says: string;
  readonly must?: true;
}

const operations: Readonly<Record<Operation['verb'], Does>> = {
  relocate: { does: 'Let a replica replicate from another server, wherever both stand.', below: 'must' },
  'relocate-replicas': { does: 'Let all replicas of a server replicate from another.', below: 'must' },
  repoint: { does: 'Point a replica at a server, its own source where none is named.', below: 'may' },
  'move-up': { does: 'Let a replica replicate from the source of its source.' },
  'move-up-replicas': { does: 'Let all replicas of a server replicate from its source.' },
  'move-below': { does: 'Let a replica replicate from a sibling.', below: 'must' },
  'take-siblings': { does: 'Let all siblings of a replica replicate from it.' },
  'take-master': { does: 'Let a replica and its source change places, below the source’s own source.' },
  'regroup-replicas': { does: 'Let the replicas of a server replicate from the one of them that has most.' },
  'make-local-master': {
    does: 'Put a replica in the place of its source, below the source’s own source and above its siblings.',
  },
  'make-co-master': { does: 'Let the primary replicate from one of its replicas as well.' },
  'detach-replica': { does: 'Point a replica at an address that leads nowhere, from which it finds back.' },
  'reattach-replica': { does: 'Point a detached replica at its source again.' },
  'set-read-only': { does: 'Let a server take no writes.' },
  'set-writeable': { does: 'Let a server take writes; refused while another of its cluster does.' },
  'start-replica': { does: 'Start both threads of a replica.' },
  'stop-replica': { does: 'Stop both threads of a replica.' },
  'stop-replica-nice': { does: 'Stop a replica once it has applied all that it has received.' },
  'enable-semi-sync-master': { does: 'Let the commits of a server wait for its replicas (semi-sync).' },
  'disable-semi-sync-master': { does: 'Let the commits of a server wait for nobody.' },
  'enable-semi-sync-replica': { does: 'Let a replica acknowledge what it receives (semi-sync).' },
  'disable-semi-sync-replica': { does: 'Let a replica acknowledge nothing.' },
  'reset-replica': { does: 'Let a replica forget its source.' },
  'enable-gtid': { does: 'Let a replica find its place in its source’s log by GTID.' },
  'disable-gtid': { does: 'Let a replica find its place in its source’s log by file and position.' },
  'delay-replication': {
    does: 'Let a replica apply what it receives some seconds late.',
    flags: [{ flag: '--seconds <n>', says: 'how late; 0 for at once', must: true }],
  },
  'flush-binary-logs': { does: 'Let a server begin another file of its binary log.' },
  'purge-binary-logs': {
    does: 'Remove the older files of a binary log; refused while a replica needs them.',
    flags: [
      { flag: '--before <file>', says: 'the first file that is kept, or latest', must: true },
      { flag: '--force', says: 'whatever replicas still need' },
    ],
  },
  'kill-query': {
    does: 'End what a connection of an application is asking now; the connection stays.',
    flags: [{ flag: '--connection <id>', says: 'its number in the list of processes', must: true }],
  },
  'skip-query': { does: 'Leave out the transaction at which a replica has stopped applying.' },
  'gtid-errant-inject-empty': {
    does: 'Write empty transactions on the primary for those that only this replica has.',
  },
  'gtid-errant-reset-master': { does: 'Begin a replica’s binary log anew, without those that only it has.' },
};

const lookAgainMs = 100;

/** One command for each operation: `baton relocate db3:3306 --below db2:3306 --why "…"`. */
export function operationCommands(terminal: Terminal, leave: Leave): readonly Command[] {
  return (Object.keys(operations) as Operation['verb'][]).map((verb) =>
    operationCommand(verb, terminal, leave),
  );
}

function operationCommand(verb: Operation['verb'], terminal: Terminal, leave: Leave): Command {
  const { does, below, flags = [] } = operations[verb];
  const command = new Command(verb)
    .description(does)
    .argument('<instance>', 'host:port, or a host alone for DefaultInstancePort')
    .option('--why <text>', 'why, for whoever reads the story', 'no reason given')
    .option(
      '--dry-run',
      'say what would be done, with its statements, or every reason why not, and touch nothing',
    )
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride();
  if (below === 'must') command.requiredOption('--below <instance>', 'the new source');
  if (below === 'may') command.option('--below <instance>', 'the new source');
  for (const { flag, says, must } of flags)
    if (must === true) command.requiredOption(flag, says);
    else command.option(flag, says);
  return command.action(async (name: string, words: Words) => {
    const keyOf = await instanceNamer(words.config);
    const operation = operationIn(words, {
      verb,
      instance: keyOf(name),
      below: words.below === undefined ? null : keyOf(words.below),
    });
    const daemon = await daemonOf(words.config);
    const told = words.dryRun ? preview : carriedOut;
    leave(await told(daemon, terminal, { operation, words }));
  });
}

/** Throws `usage`. */
function operationIn({ seconds, before, force, connection }: Words, rest: object): Operation {
  const parsed = Operation.safeParse({
    ...rest,
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    ...(before === undefined ? {} : { before, force: force === true }),
    ...(connection === undefined ? {} : { connection: Number(connection) }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BatonError(
    'usage',
    `--${issue?.path.join('.') ?? 'this'}: ${issue?.message ?? 'not understood'}`,
  );
}

interface Asked {
  readonly operation: Operation;
  readonly words: Words;
}

async function preview(daemon: Daemon, terminal: Terminal, { operation, words }: Asked): Promise<0 | 1> {
  const answer = (await daemon.post('/baton/v1/operations/preview', { operation })) as OperationPreview;
  const { plan, refusals } = answer;
  if (words.json) terminal.print(JSON.stringify(answer, null, 2));
  else terminal.print((refusals.length > 0 ? refusals.map((one) => `refused: ${one}`) : plan).join('\n'));
  return refusals.length > 0 ? 1 : 0;
}

async function carriedOut(daemon: Daemon, terminal: Terminal, { operation, words }: Asked): Promise<0 | 1> {
  const wish = { operation, by: userInfo().username, why: words.why };
  const { uid } = (await daemon.post('/baton/v1/operations', wish)) as { uid: string };
  const report = await ended(daemon, terminal, { uid, isQuiet: words.json === true });
  if (words.json) terminal.print(JSON.stringify(report, null, 2));
  else if (report.state === 'refused') terminal.print(`refused: ${report.reason}`);
  else terminal.print(report.reason ?? `${operation.verb} of ${operation.instance} is done`);
  return report.state === 'done' ? 0 : 1;
}

/** Says what happens as it happens. */
async function ended(
  daemon: Daemon,
  terminal: Terminal,
  { uid, isQuiet }: { uid: string; isQuiet: boolean },
): Promise<OperationReport> {
  for (let said = 0; ; ) {
    const report = (await daemon.get(`/baton/v1/operations/${encodeURIComponent(uid)}`)) as OperationReport;
    if (!isQuiet) for (const line of report.story.slice(said)) terminal.say(line);
    said = report.story.length;
    if (report.state !== null) return report;
    await new Promise((resume) => setTimeout(resume, lookAgainMs));
  }
}
