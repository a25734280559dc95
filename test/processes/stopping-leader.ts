import { systemClock } from '../../src/controller/system.ts';
import type { Order } from '../../src/engine/ports.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { MysqlServers } from '../../src/mysql/servers.ts';

/**
 * Gives one order to a real server, or makes it ready (`{ready}`), and stops itself at the N-th look at its lease: the look says that there is time left, and what
 * comes next comes after the process has been continued, when there is none. Prints what came of it. Its arguments are the order, the
 * account and N.
 */
const [order = '', account = '', count] = process.argv.slice(2);
const access = { ...JSON.parse(account), connectTimeoutMs: 2_000, tls: null };
const servers = new MysqlServers({ access, clock: systemClock, useSuperReadOnly: false, onLost: () => {} });
let left = Number(count);

const lease = {
  token: 1,
  remainingMs() {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGSTOP');
    return left < 0 ? 0 : 1_000;
  },
};
const meant = JSON.parse(order) as Order | { readonly ready: InstanceKey };
const came = await ('ready' in meant
  ? servers.makeReady([meant.ready], 5_000, lease)
  : servers.act(meant, 5_000, lease)
).then(
  () => 'done',
  () => 'not done',
);
console.log(left > 0 ? 'never stopped' : came);
servers.close();
