import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError } from 'commander';
import type { Config } from '../../config/keys.ts';
import { configPaths, loadConfig, readTextFile } from '../../config/load.ts';
import { etcdOf } from '../../controller/etcd-of-config.ts';
import type { Filling } from '../../journal/archive.ts';
import { fillEtcd } from '../../journal/etcd-filling.ts';
import { filledFrom, type Walk } from '../../journal/filled.ts';
import { linesOf, partsIn } from '../../journal/portable.ts';
import { fillFile } from '../../journal/sqlite-filling.ts';
import { partsOf, type Verified, verify } from '../../journal/verify.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { withPages } from '../journal-pages.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly config?: string;
}

/** `baton journal`: whether it is as it was written, and how it comes from one store to another. */
export function journalCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('journal')
    .description('Verify the journal, copy it, and move it from one store to another.')
    .addCommand(verifyCommand(terminal, leave))
    .addCommand(exportCommand(terminal))
    .addCommand(importCommand(terminal))
    .addCommand(backupCommand(terminal));
}

function verifyCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('verify')
    .description('Say whether anything was edited, taken out or moved: exit 0 nothing was, 1 something.')
    .argument('[file]', 'a state file that no controller uses; the journal of the running controller if none')
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (file: string | undefined, { config, json }: Words & { json?: true }) => {
      const verified = await withPages({ file, config }, (pages) => verify(partsOf(pages)));
      if (json) terminal.print(JSON.stringify(verified, null, 2));
      else terminal.print(described(verified));
      leave(verified.faults.length === 0 ? 0 : 1);
    });
}

function exportCommand(terminal: Terminal): Command {
  return new Command('export')
    .description('Write the whole journal as JSON lines, which "baton journal import" reads.')
    .argument('[file]', 'a state file that no controller uses; the journal of the running controller if none')
    .option('--since <time>', 'only what was begun since, as 2026-11-22 or 2026-11-22T14:00:00Z', readTime)
    .option('--config <file>', 'the configuration of the controller')
    .exitOverride()
    .action(async (file: string | undefined, { config, since }: Words & { since?: number }) => {
      await withPages({ file, config }, async (pages) => {
        for await (const line of linesOf(pages, { now: Date.now(), since: since ?? null }))
          terminal.print(line);
      });
    });
}

function importCommand(terminal: Terminal): Command {
  return new Command('import')
    .description(
      'Fill the empty state file, or the empty etcd, of a configuration with what was exported. No controller may run.',
    )
    .argument('<file>', 'what "baton journal export" has written')
    .option('--config <file>', 'the configuration whose StateFile or Coordination is filled')
    .exitOverride()
    .action(async (file: string, { config: named }: Words) => {
      const { config } = await loadConfig({
        paths: configPaths(named),
        environment: process.env,
        readText: readTextFile,
      });
      const walk = () => partsIn(linesIn(file));
      const verified = await about(file, () => filledAsConfigured(config, walk));
      terminal.say(`Filled: ${described(verified)}`);
    });
}

function backupCommand(terminal: Terminal): Command {
  return new Command('backup')
    .description('Copy the journal of the running controller into a new state file, seals verified.')
    .argument('<file>', 'the copy; there must be no such file yet')
    .option('--config <file>', 'the configuration of the controller')
    .exitOverride()
    .action(async (file: string, { config }: Words) => {
      if (existsSync(file)) throw new BatonError('usage', `${file} exists, and is not written over`);
      const verified = await withPages({ file: undefined, config }, (pages) =>
        withFile(file, (filling) => filledFrom(() => partsOf(pages), filling)),
      );
      terminal.say(`Copied to ${file}: ${described(verified)}`);
    });
}

async function filledAsConfigured(config: Config, walk: Walk): Promise<Verified> {
  const { Coordination, StateFile } = config;
  if (Coordination.Kind === 'single') return withFile(StateFile, (filling) => filledFrom(walk, filling));
  const etcd = await etcdOf(config, Coordination);
  try {
    return await filledFrom(walk, fillEtcd({ etcd, prefix: Coordination.Prefix }));
  } finally {
    etcd.close();
  }
}

async function withFile<Result>(file: string, use: (filling: Filling) => Promise<Result>): Promise<Result> {
  const filling = await fillFile(file);
  try {
    return await use(filling);
  } finally {
    await filling.close();
  }
}

/** A refusal says which file it is about. */
async function about<Result>(file: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof BatonError && error.code === 'journal-unusable')
      throw new BatonError(error.code, `${file} cannot be imported: ${error.message}`, { cause: error });
    throw error;
  }
}

async function* linesIn(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file, 'utf8');
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }))
      yield line;
  } catch (error) {
    throw new BatonError('usage', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  } finally {
    stream.destroy();
  }
}

function described({ runs, records, anchors, leftOut, faults }: Verified): string {
  const counted = `${runs} runs with ${records} records, and ${leftOut} that ${anchors} anchors stand for`;
  if (faults.length === 0) return `${counted}: all as it was written.`;
  return [
    `${counted}: not as it was written.`,
    ...faults.map(({ where, what }) => `  ${where}: ${what}`),
  ].join('\n');
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isFinite(time)) return time;
  throw new InvalidArgumentError('It is a time, as 2026-11-22 or 2026-11-22T14:00:00Z.');
}
