import { Command, InvalidArgumentError } from 'commander';
import { defaultConfig } from '../../config/keys.ts';
import { withPrivateSpawner } from '../../hooks/private-spawner.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { type Mail, type Profile, planOfConf } from '../../protocols/keepalived/index.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { CallQueues } from '../vrrp/call-queues.ts';
import { confOf } from '../vrrp/files.ts';
import { type LiveRouter, runLive } from '../vrrp/live-lan.ts';
import { named } from '../vrrp/named.ts';
import { postOf } from '../vrrp/post.ts';
import { profileOption } from '../vrrp/profile.ts';
import { runAsOf } from '../vrrp/script-owners.ts';

interface Words {
  readonly conf: Readonly<Record<string, string>>;
  readonly profile: Profile;
  readonly ledger?: string;
  readonly timeout: number;
}

/** `baton vrrp run --conf ID=FILE …`. */
export function runCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('run')
    .description(
      'Run instances of Baton’s own: adverts stay in this process, track scripts and notify scripts are real. Ends at SIGTERM.',
    )
    .requiredOption('--conf <id=file>', 'a router and its keepalived.conf; again for each one', named)
    .option('--ledger <file>', 'where each call is written before it starts and after it ended')
    .option('--timeout <seconds>', 'after how long a notify script is ended', seconds, 60)
    .addOption(profileOption())
    .exitOverride()
    .action(async (words: Words) => {
      await run(words, terminal, leave);
    });
}

async function run(
  { conf, profile, ledger, timeout }: Words,
  terminal: Terminal,
  leave: Leave,
): Promise<void> {
  const routers = Object.entries(conf).map(([id, file], address): LiveRouter => {
    const read = confOf(file, id);
    return { conf: read, plan: planOfConf(read, { id, profile, address }), runAs: runAsOf(read) };
  });
  if (routers.every(({ plan }) => plan.instances.length === 0))
    throw new BatonError(
      'vrrp-unreadable',
      'No vrrp_instance is in the configurations; baton vrrp lint says why.',
    );
  const stop = new AbortController();
  const end = () => stop.abort(new Error('it was told to end'));
  process.once('SIGTERM', end).once('SIGINT', end);
  const print = (line: object) => terminal.print(JSON.stringify({ at: new Date().toISOString(), ...line }));
  try {
    await withPrivateSpawner(spawning, async (runner) => {
      const calls = new CallQueues({
        runner,
        timeoutMs: timeout * 1_000,
        ledger: ledger ?? null,
        now: () => new Date().toISOString(),
        ended: (node, { keyword, argv }, { ended, exitCode, tookMs }) => {
          print({ node, script: keyword, argv, ended, exitCode, tookMs });
          if (ended !== 'exited' || exitCode !== 0) leave(1);
        },
      });
      const told = (node: string, one: object) => print({ node, ...one });
      const sent: Promise<void>[] = [];
      const mail = (node: string, one: Mail, server: string | null) => {
        sent.push(send(one, server).then((fault) => print({ node, mail: one.subject, fault })));
      };
      await runLive({ routers, runner, calls, told, mail, stop: stop.signal });
      await Promise.all(sent);
    });
  } finally {
    process.off('SIGTERM', end).off('SIGINT', end);
  }
}

/** Null, or why it was not taken. */
async function send(mail: Mail, server: string | null): Promise<string | null> {
  if (server === null) return 'the configuration names no smtp_server';
  const post = postOf(server);
  try {
    await post.send(mail);
    return null;
  } catch (error) {
    return messageOf(error);
  } finally {
    post.close();
  }
}

const spawning = {
  shell: defaultConfig.ProcessesShellCommand,
  outputLimitBytes: defaultConfig.HookOutputLimitBytes,
  environment: { kind: 'inherit', withhold: [] },
  redact: (text: string) => text,
} as const;

function seconds(word: string): number {
  if (!/^\d+(\.\d+)?$/.test(word) || Number(word) === 0)
    throw new InvalidArgumentError('It wants a number of seconds.');
  return Number(word);
}
