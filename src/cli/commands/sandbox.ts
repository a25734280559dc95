import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Life } from '../../process/recorded-process.ts';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import type { Flavour } from '../../sandbox/server-package.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import type { MemberStatus } from '../../sandbox/status.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { describeStatus, describeUp, type Place } from './sandbox-words.ts';

interface Words {
  readonly directory: string;
  readonly json?: true;
}

interface UpWords extends Words {
  readonly servers: number;
  readonly chain?: true;
  readonly flavour: Flavour;
  readonly semiSync?: true;
}

/** `baton sandbox`: private servers to try Baton on, and ways to make them fail. */
export function sandboxCommand(terminal: Terminal, leave: Leave): Command {
  const command = new Command('sandbox')
    .description(
      'Private MariaDB or MySQL servers on 127.0.0.1, to try recoveries on. Needs no root, installs nothing.',
    )
    .exitOverride();
  const verb = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .option('--directory <dir>', 'where the sandbox lies', defaultDirectory())
      .option('--json', 'answer in JSON');

  verb('up', 'Start servers that replicate, and write a configuration for Baton beside them.')
    .option('--servers <n>', 'how many, the primary included', readCount, 3)
    .option('--chain', 'each replicates from the one before it, not all from the first')
    .addOption(
      new Option('--flavour <name>', 'whose servers').choices(['mariadb', 'mysql']).default('mariadb'),
    )
    .option('--semi-sync', 'the primary waits for a replica at each commit')
    .action(async (words: UpWords) => {
      const sandbox = await untilInterrupted((signal) =>
        startSandbox({
          directory: words.directory,
          servers: words.servers,
          flavour: words.flavour,
          chain: words.chain ?? false,
          semiSync: words.semiSync ?? false,
          tell: (sentence) => terminal.say(sentence),
          signal,
        }),
      );
      const status = await sandbox.status();
      terminal.print(
        words.json ? JSON.stringify(answerOf(sandbox, status)) : describeUp(sandbox, status, placeOf(words)),
      );
    });

  verb('status', 'Say how each server is: exit 0 all alive, 1 some frozen or dead.').action(
    async (words: Words) => {
      const sandbox = await openSandbox(words.directory);
      const status = await sandbox.status();
      terminal.print(words.json ? JSON.stringify(answerOf(sandbox, status)) : describeStatus(status));
      leave(status.every(({ life }) => life === 'alive') ? 0 : 1);
    },
  );

  for (const [name, { description, life, act }] of Object.entries(acts)) {
    verb(name, description)
      .argument('<port>', 'the port of one server', readPort)
      .action(async (port: number, words: Words) => {
        await act(await openSandbox(words.directory), port);
        terminal.print(words.json ? JSON.stringify({ port, life }) : `127.0.0.1:${port}  ${life}`);
      });
  }

  verb('sql', 'Run statements on one server as its root and print what it answers.')
    .argument('<port>', 'the port of one server', readPort)
    .argument('<statement...>', 'what to run, one after the other')
    .action(async (port: number, statements: readonly string[], words: Words) => {
      const sandbox = await openSandbox(words.directory);
      const answer = await sandbox.sql(port, statements.join(';\n'), 'headings');
      if (words.json) terminal.print(JSON.stringify(answer === '' ? [] : rowsOf(answer)));
      else if (answer !== '') terminal.print(answer);
    });

  verb('down', 'End all servers and remove the directory.').action(async (words: Words) => {
    const sandbox = await openSandbox(words.directory);
    const servers = sandbox.members.length;
    await sandbox.down();
    terminal.print(
      words.json
        ? JSON.stringify({ directory: sandbox.directory, servers })
        : `${servers} servers ended, ${sandbox.directory} removed`,
    );
  });
  return command;
}

interface Act {
  readonly description: string;
  /** How the server is afterwards, whatever it was before. */
  readonly life: Life;
  readonly act: (sandbox: Sandbox, port: number) => Promise<void>;
}

const acts: Record<string, Act> = {
  kill: {
    description: 'End one server at once, as a crash would.',
    life: 'dead',
    act: (sandbox, port) => sandbox.kill(port),
  },
  freeze: {
    description: 'Make one server hang: its connections stay open and nothing answers.',
    life: 'frozen',
    act: (sandbox, port) => sandbox.freeze(port),
  },
  thaw: {
    description: 'Let a frozen server go on.',
    life: 'alive',
    act: (sandbox, port) => sandbox.thaw(port),
  },
  restart: {
    description: 'Start one server again, killing it first if it runs.',
    life: 'alive',
    act: (sandbox, port) => sandbox.restart(port),
  },
};

/** One per user, gone with the session where the system has such a place. */
function defaultDirectory(): string {
  const parent = process.env['XDG_RUNTIME_DIR'] || tmpdir();
  return join(parent, `baton-sandbox-${process.getuid?.() ?? 0}`);
}

function placeOf({ directory }: Words): Place {
  return { directory, isDefault: directory === defaultDirectory() };
}

/** Ctrl-C while servers start takes them down again. */
async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => controller.abort(new Error('interrupted; what was started is down again'));
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function answerOf(sandbox: Sandbox, status: readonly MemberStatus[]) {
  const { directory, flavour, version, credentials, configFile: config } = sandbox;
  const members = sandbox.members.map((member, index) => ({ ...member, ...status[index] }));
  return { directory, flavour, version, members, credentials, config };
}

/** The client's rows under headings, as objects; every value is a string. */
function rowsOf(answer: string): readonly Record<string, string>[] {
  const [headings = [], ...rows] = answer.split('\n').map((line) => line.split('\t'));
  return rows.map((row) => Object.fromEntries(headings.map((name, index) => [name, row[index] ?? ''])));
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 50) return count;
  throw new InvalidArgumentError('A sandbox has from 1 to 50 servers.');
}

function readPort(text: string): number {
  const port = Number(text.replace(/^127\.0\.0\.1:/, ''));
  if (Number.isInteger(port) && port > 0) return port;
  throw new InvalidArgumentError('Name a server by its port, as baton sandbox status lists them.');
}
