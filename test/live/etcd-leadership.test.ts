import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EtcdLeadership } from '../../src/leadership/etcd.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import { AnEtcd } from './an-etcd.ts';

let server: AnEtcd;
beforeAll(async () => {
  server = await AnEtcd.start(3);
}, 60_000);
afterAll(() => server.stop());

const never = new AbortController().signal;
let count = 0;

/** A controller that could lead; those of one test stand for the same key. */
function aCandidate(name: string, { key = `/baton-${count}/leader`, seconds = 2 } = {}) {
  const etcd = server.client({ timeoutMs: 1_000 });
  const said: string[] = [];
  const say = (sentence: string) => void said.push(sentence);
  const leadership = new EtcdLeadership({
    etcd,
    key,
    seconds,
    self: { name, id: `${name}-${Math.random()}` },
    clock: systemClock,
    teller: { tell: say, warn: say },
  });
  onTestFinished(async () => {
    await leadership.close();
    etcd.close();
  });
  return { leadership, etcd, said, key };
}

const over = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

describe('leadership by etcd', () => {
  it('is one controller’s at a time, and the next has a larger token', async () => {
    count += 1;
    const [one, other] = [aCandidate('one'), aCandidate('other')];
    const first = await one.leadership.lead(never);
    const waiting = other.leadership.lead(never);
    await expect.poll(() => other.leadership.leader()?.name, { timeout: 5_000 }).toBe('one');
    expect(first.lease.remainingMs()).toBeGreaterThan(0);
    expect(other.leadership.token()).toBeNull();
    await one.leadership.close();
    expect(first.over.aborted).toBe(true);
    const second = await waiting;
    expect(second.lease.token).toBeGreaterThan(first.lease.token);
    expect(other.leadership.leader()).toMatchObject({ name: 'other', isOurs: true });
  });

  it('is nobody’s as far as one knows whom etcd does not answer any more, and it says since when', async () => {
    count += 1;
    const [one, other] = [aCandidate('one'), aCandidate('other')];
    await one.leadership.lead(never);
    void other.leadership.lead(never).catch(() => {});
    await expect.poll(() => other.leadership.leader()?.name, { timeout: 5_000 }).toBe('one');
    expect(other.leadership.cutOff()).toBeNull();
    const before = Date.now();
    await Promise.all([0, 1].map((member) => server.killMember(member)));
    await expect
      .poll(() => other.leadership.cutOff()?.because, { timeout: 10_000 })
      .toMatch(/^etcd did not answer/);
    expect(other.leadership.leader()).toBeNull();
    expect(other.leadership.cutOff()?.since).toBeGreaterThan(before);
    await Promise.all([0, 1].map((member) => server.startMember(member)));
    await expect.poll(() => other.leadership.cutOff(), { timeout: 10_000 }).toBeNull();
  });

  it('goes on for longer than a lease while etcd answers, though its own leader dies', async () => {
    count += 1;
    const { leadership } = aCandidate('steady', { seconds: 4 });
    const term = await leadership.lead(never);
    await server.killMember(0);
    const ended = await Promise.race([over(term.over), systemClock.sleep(6_000, never)]);
    await server.startMember(0);
    expect(ended).toBeUndefined();
    expect(leadership.token()).toBe(term.lease.token);
  }, 60_000);

  it('is over before its lease is, where etcd has lost its majority, and begins again when that is back', async () => {
    count += 1;
    const { leadership, said } = aCandidate('cut off');
    const term = await leadership.lead(never);
    for (const member of [0, 1, 2]) server.signalMember(member, 'SIGSTOP');
    const before = performance.now();
    const reason = await over(term.over);
    for (const member of [0, 1, 2]) server.signalMember(member, 'SIGCONT');
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(String(reason)).toContain('the lease was not renewed in time');
    await expect
      .poll(() => said.join())
      .toContain('the lease could not be renewed: etcd did not answer within');
    expect((await leadership.lead(never)).lease.token).toBeGreaterThan(term.lease.token);
  }, 60_000);

  it('is lost to a controller that stood still for longer than its lease, before it can act again', async () => {
    count += 1;
    const { etcd, key } = aCandidate('watcher');
    let isStill = false;
    let leapt = 0;
    const still = {
      now: () => systemClock.now() + leapt,
      monotonic: () => systemClock.monotonic() + leapt,
      sleep: async (milliseconds: number, signal: AbortSignal) => {
        await systemClock.sleep(milliseconds, signal);
        while (isStill) await systemClock.sleep(5, signal);
      },
    };
    const leadership = new EtcdLeadership({
      etcd,
      key,
      seconds: 2,
      self: { name: 'still', id: 'still' },
      clock: still,
      teller: { tell() {}, warn() {} },
    });
    onTestFinished(() => leadership.close());
    const term = await leadership.lead(never);
    const next = aCandidate('next', { key });
    const waiting = next.leadership.lead(never);
    isStill = true;
    const taken = await waiting;
    leapt = 2_000;
    expect(term.lease.remainingMs()).toBe(0);
    expect(leadership.token()).toBeNull();
    isStill = false;
    expect(taken.lease.token).toBeGreaterThan(term.lease.token);
  }, 60_000);
});
