import { serveSocket } from '../../src/api/socket.ts';
import { loadConfig, readTextFile } from '../../src/config/load.ts';
import { startDaemon } from '../../src/controller/daemon.ts';
import { socketPath } from '../../src/controller/socket-path.ts';
import { Etcd } from '../../src/etcd/etcd.ts';
import { createTeller } from '../../src/telemetry/log.ts';

/**
 * A controller of several that stops itself right after the N-th record of its runs is in etcd; what becomes of it then is for
 * its parent to say. Everything else in it is the product's own. Its arguments are the configuration and N, 0 for never.
 */
const [file = '', written] = process.argv.slice(2);
let left = Number(written);

const transact = Reflect.get(Etcd.prototype, 'transact') as Etcd['transact'];
Etcd.prototype.transact = async function struck(this: Etcd, transaction) {
  const outcome = await transact.call(this, transaction);
  const isRecord = transaction.change?.some((one) => 'put' in one && one.put.includes('/record/'));
  // What it asks for when it goes on is refused, and must not stop it again.
  if (!outcome.done || isRecord !== true) return outcome;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGSTOP');
  return outcome;
};
const { config } = await loadConfig({ paths: [[file]], environment: process.env, readText: readTextFile });
const teller = createTeller({ pretty: false, level: 'info', secrets: [] });
const daemon = await startDaemon({ config, teller });
await serveSocket(daemon, socketPath(config.StateFile));
