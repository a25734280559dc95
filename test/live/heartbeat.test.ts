import { describe, it, type TestContext } from 'vitest';
import { RealHeartbeat, whyNoHeartbeat, type Wiring } from './real-heartbeat.ts';

const why = whyNoHeartbeat();
if (why !== null) process.stderr.write(`a pair with a real heartbeat is left out: ${why}\n`);

const patient = { timeout: 60_000, interval: 200 };
const mostMs = 170_000;
const sha1 = 'auth 1\n1 sha1 s3cretKey\n';
const both = (peer: number) => ['bcast eth0', `ucast eth1 10.99.1.${peer}`];

/** Beside others, what belongs to a test is in its context. */
function aPair({ onTestFinished }: TestContext, wiring: Wiring): RealHeartbeat {
  return new RealHeartbeat(wiring, onTestFinished);
}

/** How nodea sees nodeb: its state, then its links as they stand in ha.cf. */
async function seen(pair: RealHeartbeat): Promise<string> {
  const { stdout } = await pair.clStatus('listnodes', '-v');
  const [, lines = ''] = /^nodeb\t(.*(?:\n\t.*)*)/m.exec(stdout) ?? [];
  return lines
    .replaceAll(/\(nodetype: \w+\)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

async function becomes({ expect }: TestContext, pair: RealHeartbeat, what: string): Promise<void> {
  await expect.poll(() => seen(pair).catch(() => 'nothing yet'), patient).toBe(what);
}

describe.skipIf(why !== null).concurrent('beside a real heartbeat', () => {
  it(
    'Baton joins, loses a link and has it again, and leaves in good order',
    async (context) => {
      const { expect } = context;
      const pair = aPair(context, { links: both, keys: sha1 });
      pair.startBaton();
      await becomes(context, pair, 'active eth1 up eth0 up');
      expect(await pair.clStatus('hblinkstatus', 'nodeb', 'eth1')).toMatchObject({ exit: 0, stdout: 'up\n' });
      const own = async (...words: readonly string[]) => (await pair.baton('cl-status', ...words)).stdout;
      await expect.poll(() => own('nodestatus', 'nodea'), patient).toBe('active\n');
      expect(await own('listnodes')).toBe((await pair.clStatus('listnodes')).stdout);
      expect(await pair.baton('cl-status', 'listhblinks', '-v', 'nodea')).toEqual({
        exit: 0,
        stdout: '\teth1\tup\n\teth0\tup\n',
        stderr: '',
      });
      expect(await pair.baton('status-hblinks')).toMatchObject({ exit: 0, stdout: 'ok\ngood\n' });
      pair.link('eth1', false);
      await becomes(context, pair, 'active eth1 dead eth0 up');
      await expect
        .poll(async () => (await pair.baton('status-hblinks')).stdout, patient)
        .toBe('ok\nhas_dead\n');
      pair.link('eth1', true);
      await becomes(context, pair, 'active eth1 up eth0 up');
      pair.signalBaton('SIGTERM');
      await expect
        .poll(async () => (await pair.clStatus('nodestatus', 'nodeb')).stdout, patient)
        .toBe('dead\n');
      expect(await pair.baton('cl-status', 'hbstatus')).toMatchObject({ exit: 1 });
    },
    mostMs,
  );

  it(
    'Baton that stood still comes back as one that was started anew, and the daemon does not restart itself',
    async (context) => {
      const { expect } = context;
      const pair = aPair(context, { links: both, keys: sha1 });
      pair.startBaton();
      await becomes(context, pair, 'active eth1 up eth0 up');
      pair.signalBaton('SIGSTOP');
      await becomes(context, pair, 'dead eth1 dead eth0 dead');
      pair.signalBaton('SIGCONT');
      await becomes(context, pair, 'active eth1 up eth0 up');
      expect(pair.log()).toContain('Heartbeat restart on node nodeb');
      expect(pair.log()).not.toContain('returning after partition');
    },
    mostMs,
  );

  it(
    'Baton is active over multicast, with md5',
    async (context) => {
      const multicast = () => ['mcast eth0 239.0.0.42 694 1 0', 'mcast eth1 239.0.0.43 694 1 0'];
      const pair = aPair(context, { links: multicast, keys: 'auth 2\n1 sha1 old\n2 md5 s3cretKey\n' });
      pair.startBaton();
      await becomes(context, pair, 'active eth1 up eth0 up');
    },
    mostMs,
  );

  it(
    'Baton is active with crc, over two networks of broadcast',
    async (context) => {
      const pair = aPair(context, {
        links: () => ['bcast eth0 eth1', 'msgfmt netstring'],
        keys: 'auth 1\n1 crc\n',
      });
      pair.startBaton();
      await becomes(context, pair, 'active eth1 up eth0 up');
    },
    mostMs,
  );

  it(
    'Baton with another key is never admitted, and admits nobody',
    async (context) => {
      const { expect } = context;
      const pair = aPair(context, {
        links: both,
        keys: sha1,
        otherKeys: 'auth 1\n1 sha1 another\n',
        initdead: 6,
      });
      pair.startBaton();
      await becomes(context, pair, 'dead eth1 dead eth0 dead');
      await expect
        .poll(async () => (await pair.baton('cl-status', 'nodestatus', 'nodea')).stdout, patient)
        .toBe('dead\n');
      expect(pair.log()).not.toContain('Link nodeb:');
    },
    mostMs,
  );
});
