import { existsSync } from 'node:fs';
import { Command } from 'commander';
import type { Config } from '../../config/keys.ts';
import { configPaths, loadConfig, readTextFile } from '../../config/load.ts';
import { systemClock } from '../../controller/system.ts';
import type { SoleJournal } from '../../engine/ports.ts';
import { memoryJournal } from '../../journal/memory.ts';
import { openSqliteJournal } from '../../journal/sqlite.ts';
import { BatonError } from '../../kernel/errors.ts';
import { type Backend, readBackend } from '../../migration/backend.ts';
import { importedBefore, take, whatToTake } from '../../migration/import.ts';
import type { Taking } from '../../migration/taking.ts';
import { openNamedBackend } from '../named-backend.ts';
import type { Leave, Terminal } from '../terminal.ts';

interface Words {
  readonly from?: string;
  readonly passwordFile?: string;
  readonly apply?: true;
  readonly config?: string;
  readonly json?: true;
}

/** `baton import`: what orchestrator's backend knows goes into the state file, before the first start. */
export function importCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('import')
    .description('Show what of orchestrator’s backend would come into StateFile, and with --apply take it.')
    .option(
      '--from <backend>',
      'a SQLite file, or mysql://user@host:port/schema; without it what BackendDB and its keys name',
    )
    .option(
      '--password-file <file>',
      'holds the password of that user; else BATON_IMPORT_PASSWORD, else the configuration’s',
    )
    .option('--apply', 'write it; no controller may be running with this StateFile')
    .option('--config <file>', 'the configuration that Baton will run with')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (words: Words) => {
      const { config } = await loadConfig({
        paths: configPaths(words.config),
        environment: process.env,
        readText: readTextFile,
      });
      const backend = await backendMeant(config, words);
      const journal = await journalFor(config, words);
      try {
        const before = await importedBefore(journal);
        if (before !== null) {
          const when = new Date(before.at).toISOString();
          terminal.say(`${config.StateFile} took in ${before.from} at ${when}; nothing is taken twice.`);
          return leave(0);
        }
        const now = systemClock.now();
        const taking = await whatToTake(backend, journal, now);
        if (words.apply) await take(taking, journal, { from: backend.name, at: now });
        const { takes, leaves } = taking;
        const report = { from: backend.name, into: config.StateFile, applied: words.apply === true };
        if (words.json) terminal.print(JSON.stringify({ ...report, takes, leaves }, null, 2));
        else terminal.print(textOf(taking, report));
        if (!words.apply) terminal.say('Nothing has been written. Say --apply to take it.');
        leave(0);
      } finally {
        await journal.close();
      }
    });
}

async function backendMeant(config: Config, { from, passwordFile }: Words): Promise<Backend> {
  const tables = await openNamedBackend(config, { from, passwordFile });
  try {
    return await readBackend(tables);
  } finally {
    tables.close();
  }
}

/** A preview makes no state file where there is none. Throws `journal-busy` where a controller holds it. */
async function journalFor({ Coordination, StateFile }: Config, { apply }: Words): Promise<SoleJournal> {
  if (Coordination.Kind !== 'single')
    throw new BatonError(
      'usage',
      'controllers that share an etcd keep all this there, and baton import writes into a state file only: import with a configuration whose Coordination is {"Kind": "single"}, and bring its journal into etcd then',
    );
  if (!apply && !existsSync(StateFile)) return memoryJournal();
  return openSqliteJournal({ file: StateFile });
}

function textOf(
  { takes, leaves }: Taking,
  { from, into, applied }: { from: string; into: string; applied: boolean },
): string {
  const lines = (list: readonly string[]) => list.map((line) => `  ${line}`);
  const what = takes.length === 0 ? ['nothing: all of it is there'] : takes;
  return [
    `${from} → ${into}`,
    applied ? 'Taken:' : 'Would be taken:',
    ...lines(what),
    'Not taken:',
    ...lines(leaves),
  ].join('\n');
}
