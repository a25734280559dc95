import { serveSocket } from '../../src/api/socket.ts';
import { loadConfig, readTextFile } from '../../src/config/load.ts';
import { startDaemon } from '../../src/controller/daemon.ts';
import { socketPath } from '../../src/controller/socket-path.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { createTeller } from '../../src/telemetry/log.ts';
import type { Told } from './controller.ts';

/**
 * A controller that tells its parent of each record when it is on disk, and goes on when the parent says so: whatever is to
 * happen just then can happen just then. All else of it is the product's own. Its argument is the configuration.
 */
const file = process.argv[2] ?? '';
const waiting = new Map<number, () => void>();
let told = 0;

process.on('message', (number) => {
  waiting.get(Number(number))?.();
  waiting.delete(Number(number));
});
process.on('disconnect', () => process.exit(1));

function heard(what: Omit<Told, 'number'>): Promise<void> {
  told += 1;
  const number = told;
  return new Promise((resolve) => {
    waiting.set(number, resolve);
    process.send?.({ ...what, number });
  });
}

const { config } = await loadConfig({ paths: [[file]], environment: process.env, readText: readTextFile });
const daemon = await startDaemon({
  config,
  teller: createTeller({ pretty: false, level: 'info', secrets: [] }),
  openJournal: async (place) => {
    const journal = await openSqliteJournal(place);
    return {
      ...journal,
      open: async (opening) => {
        const opened = await journal.open(opening);
        if (opened.opened) await heard({ uid: opening.uid, workflow: opening.workflow, record: null });
        return opened;
      },
      append: async (uid, ...words) => {
        const record = await journal.append(uid, ...words);
        await heard({ uid, workflow: null, record });
        return record;
      },
    };
  },
});
await serveSocket(daemon, socketPath(config.StateFile));
