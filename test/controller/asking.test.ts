import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/analysis/finding.ts';
import { Asking } from '../../src/controller/asking.ts';
import type { LiveInventory } from '../../src/controller/inventory.ts';
import type { Supervisor } from '../../src/controller/supervisor.ts';
import { BatonError } from '../../src/kernel/errors.ts';
import { VirtualClock } from '../../src/simulation/clock.ts';
import type { Checks } from '../../src/topology/snapshot.ts';
import { primary, unread } from '../topology/instances.ts';

const cluster = { id: 'c', name: 'a:1', alias: 'shop', domain: '' };
const finding = { instance: 'a:1', emergency: 'ask-replicas' } as Partial<Finding> as Finding;
const fellSilent = { echo: 'silent', fellSilent: true } as const;

function asking(checks: Partial<Checks>, suspect: Supervisor['suspect']) {
  const clock = new VirtualClock(async () => {});
  const instance = primary('a:1', { checks: { ...unread.checks, ...checks } });
  // Of either, this is all that it uses.
  const inventory = { find: () => instance } as unknown as LiveInventory;
  const supervisor = { suspect } as unknown as Supervisor;
  const it = new Asking({ inventory, supervisor, clock });
  return { clock, ask: () => it.ask(finding, cluster), isDue: () => it.isDue(finding, clock.now()), it };
}

const answered = (isLost: boolean) => async () => ({ uid: 'suspicion/1', isLost: Promise.resolve(isLost) });

describe('replicas', () => {
  it.each([
    ['fell silent over a connection that had served', fellSilent, true],
    ['was never heard in this life', { echo: 'silent', heardAt: 0 }, true],
    ['is silent to new connections only', { echo: 'silent' }, false],
    ['answers that it is full', { echo: 'answered', fellSilent: true }, false],
    ['refuses', { echo: 'refused', fellSilent: true }, false],
  ] as const)('are asked about a source that %s: %s', (_, checks, expected) => {
    expect(asking(checks, answered(true)).isDue()).toBe(expected);
  });

  it('are asked again after half a minute, then a minute, whatever they said, until the source answers', async () => {
    const { it, ask, isDue, clock } = asking(fellSilent, answered(true));
    for (const seconds of [30, 60, 120]) {
      await ask();
      await clock.advance(seconds * 1_000 - 1);
      expect(isDue()).toBe(false);
      await clock.advance(1);
      expect(isDue()).toBe(true);
    }
    await ask();
    it.forget('a:1');
    expect(isDue()).toBe(true);
  });

  it('that could not be asked, for the journal took nothing, may be asked at once', async () => {
    const refused = async () => {
      throw new BatonError('journal-broken', 'the disk is full');
    };
    const { ask, isDue } = asking(fellSilent, refused);
    await expect(ask()).rejects.toThrow('the disk is full');
    expect(isDue()).toBe(true);
  });
});
