import { serveSocket } from '../../src/api/socket.ts';
import { loadConfig, readTextFile } from '../../src/config/load.ts';
import { startDaemon } from '../../src/controller/daemon.ts';
import { socketPath } from '../../src/controller/socket-path.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { createTeller } from '../../src/telemetry/log.ts';

/**
 * A controller that is SIGKILLed right after the N-th record of its recovery or detection is on disk. Everything in it but
 * the death is the product's own. Its arguments are the configuration and N.
 */
const [file = '', written] = process.argv.slice(2);
let left = Number(written);

function countDown(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
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
        countDown();
        return opened;
      },
      append: async (...words) => {
        const record = await journal.append(...words);
        countDown();
        return record;
      },
    };
  },
});
await serveSocket(daemon, socketPath(config.StateFile));
