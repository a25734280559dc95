import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { importCommand } from '../../src/cli/commands/import.ts';
import { journalCommand } from '../../src/cli/commands/journal.ts';
import type { RecoveryReport } from '../../src/controller/reports.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { BatonError } from '../../src/kernel/errors.ts';
import { rowsAt, statementsOf } from '../migration/a-backend.ts';
import { AnEtcd } from './an-etcd.ts';
import { aController, aScene, configured, portOn, type Scene } from './scene.ts';

/** Runs `baton import` with these words; gives what it printed. */
const imported = (...words: readonly string[]) => printed(importCommand, words);
const journalled = (...words: readonly string[]) => printed(journalCommand, words);

async function printed(command: typeof importCommand, words: readonly string[]): Promise<string> {
  const said: string[] = [];
  const terminal = { print: (text: string) => void said.push(text), say: () => {}, colours: false };
  await command(terminal, () => {}).parseAsync(words, { from: 'user' });
  return said.join('\n');
}

it('a backend on a real MariaDB is shown, and taken once, with the account of the configuration; what was taken can be moved to an etcd', async () => {
  const scene = await aScene({ servers: 1 });
  const port = portOn(scene, scene.primary);
  const begin = [
    "SET time_zone = '+05:00'",
    'CREATE DATABASE orchestrator',
    "CREATE USER orc@'127.0.0.1' IDENTIFIED BY 'geheim'",
    "GRANT SELECT ON orchestrator.* TO orc@'127.0.0.1'",
    'USE orchestrator',
  ];
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  // orchestrator writes the moments of its own clock; another session's zone must not move them.
  const rows = statementsOf(rowsAt(now + 5 * 3_600_000));
  await scene.sandbox.sql(port, `${[...begin, ...rows].join('; ')};`);
  const backend = {
    BackendDB: 'mysql',
    MySQLOrchestratorHost: '127.0.0.1',
    MySQLOrchestratorPort: port,
    MySQLOrchestratorDatabase: 'orchestrator',
    MySQLOrchestratorUser: 'orc',
    MySQLOrchestratorPassword: 'geheim',
  };
  const StateFile = join(scene.directory, 'imported.sqlite');
  const file = await configured(scene, { ...backend, StateFile });

  const shown = await imported('--config', file);
  expect(shown).toContain('Would be taken:\n  instances: 3, of 2 clusters\n');
  await expect(readFile(StateFile)).rejects.toThrow('ENOENT');

  expect(await imported('--config', file, '--apply')).toContain('past recoveries: 2, acknowledged: 1');
  expect(await imported('--config', file, '--apply')).toBe('');
  const journal = await openSqliteJournal({ file: StateFile });
  const [last] = await journal.list({ limit: 1 });
  expect(last).toMatchObject({ endedAt: now - 19 * 60_000, end: { state: 'recovered' } });
  await expect(imported('--config', file)).rejects.toMatchObject({ code: 'journal-busy' });
  await journal.close();
  await movesToEtcd(scene, StateFile);

  const secret = join(scene.directory, 'password');
  await writeFile(secret, 'wrong\n');
  const from = `mysql://orc@127.0.0.1:${port}/orchestrator`;
  const refusal = await imported('--config', file, '--from', from, '--password-file', secret).catch(
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(BatonError);
  expect(refusal).toMatchObject({ code: 'access-denied' });
  await expect(
    imported('--config', file, '--from', `mysql://orc:geheim@127.0.0.1:${port}/orchestrator`),
  ).rejects.toMatchObject({ code: 'usage', message: expect.not.stringContaining('geheim') });
});

/** What was imported into a state file is what several controllers go on with. */
async function movesToEtcd(scene: Scene, stateFile: string): Promise<void> {
  const etcd = await AnEtcd.start(1);
  onTestFinished(() => etcd.stop());
  const exported = join(scene.directory, 'journal.jsonl');
  await writeFile(exported, `${await journalled('export', stateFile)}\n`);
  const Coordination = { Kind: 'etcd', Endpoints: etcd.endpoints, LeaseSeconds: 3, Name: 'one' };
  const StateFile = join(scene.directory, 'one.sqlite');
  const config = await configured(scene, { Coordination, StateFile });
  await journalled('import', exported, '--config', config);
  const { daemon } = await aController(scene, config);
  const taken = async () =>
    (await daemon.get('/baton/v1/recoveries?kind=all').catch(() => [])) as readonly RecoveryReport[];
  await expect.poll(async () => (await taken()).length, { timeout: 30_000, interval: 50 }).toBe(2);
}
