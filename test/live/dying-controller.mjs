// A controller that is SIGKILLed right after the N-th record of its recovery or detection is on disk.
// Usage: node dying-controller.mjs CONFIG N. Everything in it but the death is the product's own, from dist.
const dist = new URL('../../dist/src/', import.meta.url);
const load = (file) => import(new URL(file, dist));
const { loadConfig, readTextFile } = await load('config/load.js');
const { startDaemon } = await load('controller/daemon.js');
const { socketPath } = await load('controller/socket-path.js');
const { openSqliteJournal } = await load('journal/sqlite.js');
const { createTeller } = await load('telemetry/log.js');
const { serveSocket } = await load('api/serve.js');

const [, , file, written] = process.argv;
let left = Number(written);
const dies = () => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};

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
        dies();
        return opened;
      },
      append: async (...words) => {
        const record = await journal.append(...words);
        dies();
        return record;
      },
    };
  },
});
await serveSocket(daemon.controller, socketPath(config.StateFile));
