import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { renewLeases } from '../../src/publish/leases.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';

const patient = { timeout: 10_000, interval: 10 };

/** Leases that are renewed for as long as the controller leads. */
async function leases(...names: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'baton-lease-'));
  const clock = new VirtualClock(() => setImmediate());
  const end = new AbortController();
  const warnings: string[] = [];
  let [leads, asked] = [true, 0];
  const files = names.map((name) => join(folder, name));
  const teller = { tell: () => {}, warn: (sentence: string) => warnings.push(sentence) };
  const asks = () => {
    asked += 1;
    return leads;
  };
  const renewing = renewLeases(files, { leads: asks, clock, teller }, end.signal);
  onTestFinished(async () => {
    end.abort(new Error('the test is over'));
    await renewing;
    await rm(folder, { recursive: true, force: true });
  });
  const secondsIn = async (name: string) =>
    Number(await readFile(join(folder, name), 'utf8').catch(() => 'NaN'));
  return { folder, clock, warnings, secondsIn, lead: (does: boolean) => (leads = does), asked: () => asked };
}

it('each second the time is written into the lease of every server, while this controller leads', async () => {
  const { clock, secondsIn, lead, asked } = await leases('a', 'b');
  await expect.poll(() => secondsIn('a'), patient).toBe(clock.begins / 1_000);
  const later = async () => {
    await clock.advance(500);
    return Math.min(await secondsIn('a'), await secondsIn('b')) - clock.begins / 1_000;
  };
  await expect.poll(later, patient).toBeGreaterThanOrEqual(2);
  lead(false);
  const before = asked();
  // Whoever asks again has written what there was to write.
  await expect.poll(() => clock.advance(1_000).then(() => asked() - before), patient).toBeGreaterThan(1);
  const last = await secondsIn('a');
  await expect.poll(() => clock.advance(1_000).then(() => asked() - before), patient).toBeGreaterThan(4);
  expect(await secondsIn('a')).toBe(last);
});

it('one that cannot be written is said once, and keeps no other from being renewed', async () => {
  const { folder, clock, warnings, secondsIn } = await leases('b', 'nowhere/a');
  await expect.poll(() => secondsIn('b'), patient).toBe(clock.begins / 1_000);
  const again = async () => {
    await clock.advance(500);
    return (await secondsIn('b')) >= clock.begins / 1_000 + 2;
  };
  await expect.poll(again, patient).toBe(true);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(`the lease ${join(folder, 'nowhere/a')} is not renewed`);
  expect((await stat(join(folder, 'b'))).mode & 0o777).toBe(0o644);
});
