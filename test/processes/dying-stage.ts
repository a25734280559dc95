import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfig } from '../../src/config/keys.ts';
import { systemClock } from '../../src/controller/system.ts';
import { ledgerOf } from '../../src/engine/ledger.ts';
import { Stopping } from '../../src/engine/stopping.ts';
import { startSpawner } from '../../src/hooks/spawner/client.ts';
import { hooksOf } from '../../src/hooks/stage.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';

/**
 * A controller in small, with a real journal and a real spawner, that runs one stage of three hooks.
 * It dies by SIGKILL right after its journal has taken so many records, and ends its spawner with it if so told;
 * at SIGTERM it stops, as a controller does.
 */
const [folder = '', stageText = '', factsText = '', settingsText = '', recordsText, withSpawner] =
  process.argv.slice(2);
const journal = await openSqliteJournal({ file: join(folder, 'state.sqlite') });
const hooksFolder = join(folder, 'hooks');
const runner = await startSpawner({
  directory: hooksFolder,
  shell: 'bash',
  outputLimitBytes: 65_536,
  environment: { kind: 'inherit', withhold: [] },
  redact: (text) => text,
});
const uid = '1:ab';
const opening = {
  uid,
  workflow: 'test',
  digest: 'd',
  subject: 'c1',
  exclusive: true,
  input: {},
  at: 1,
  token: 1,
};
await journal.open(opening);
const records = [...((await journal.read(uid))?.records ?? [])];

function die(): void {
  for (const name of withSpawner === 'with' ? readdirSync(hooksFolder) : []) {
    if (name.startsWith('life'))
      process.kill(Number(readFileSync(join(hooksFolder, name, 'pid'), 'utf8')), 'SIGKILL');
  }
  process.kill(process.pid, 'SIGKILL');
}

let left = Number(recordsText);
const ledger = ledgerOf({
  uid,
  holds: 'c1',
  journal,
  clock: systemClock,
  history: () => records,
  async append(entry) {
    const record = await journal.append(uid, entry, Date.now(), 1);
    records.push(record);
    left -= 1;
    if (left === 0) die();
    return record;
  },
  asks: new Set(),
  next: () => new Promise(() => {}),
});
const teller = { tell() {}, warn() {} };
const stage = 'PreFailoverProcesses';
const hooks = hooksOf({
  lists: { ...defaultConfig, [stage]: JSON.parse(stageText) },
  settings: JSON.parse(settingsText),
  runner,
  clock: systemClock,
});
process.on('SIGUSR2', die);
const stopping = new AbortController();
const { signal } = stopping;
process.once('SIGTERM', () => stopping.abort(new Stopping('the controller is being stopped')));
try {
  const outcome = await hooks.runStage(stage, JSON.parse(factsText), { ledger, signal, teller });
  process.stdout.write(JSON.stringify(outcome));
} catch (error) {
  if (error !== signal.reason) throw error;
}
await runner.close();
await journal.close();
