import { expect, it, onTestFinished } from 'vitest';
import { type Handover, handOver } from '../../bench/soak/handover.ts';
import { Stage } from '../../bench/soak/stage.ts';
import { AnEtcd } from './an-etcd.ts';
import { isInOwnNetwork, runInOwnNetwork, whyNoOwnNetwork } from './own-network.ts';

/** The short form of `npm run soak -- controllers`: each blow in each run. Needs dist, for controllers are processes. */
const chosen: readonly Handover[] = [
  { run: 'takeover', blow: 'stopped', record: 8 },
  { run: 'takeover', blow: 'killed', record: 24 },
  { run: 'takeover', blow: 'cut off', record: 16 },
  { run: 'recovery', blow: 'killed', record: 30 },
  { run: 'recovery', blow: 'stopped', record: 21 },
  { run: 'recovery', blow: 'cut off', record: 38 },
];

/** In which each ends well. */
const ends = { takeover: 'takenOver', recovery: 'recovered' };

// Where we have no network of our own, a leader is cut off by a proxy.
if (isInOwnNetwork || whyNoOwnNetwork() !== null) handovers();
else
  it('a leader is struck in a network of its own', { timeout: 300_000 }, async () => {
    // In there nothing can be fetched.
    await (await AnEtcd.start(1)).stop();
    expect(runInOwnNetwork(import.meta.url)).toBe(0);
  });

function handovers(): void {
  it('a leader that stands still, is killed or is cut off in a recovery or a takeover is followed by another, without a lost write or a second primary (P2, P3)', async () => {
    const stage = await Stage.make('mariadb', 3);
    onTestFinished(() => stage.strike());
    const etcd = await AnEtcd.start(1);
    onTestFinished(() => etcd.stop());
    for (const one of chosen) {
      const { wrong, struck, state } = await handOver(stage, etcd, one);
      expect({ ...one, wrong }).toEqual({ ...one, wrong: [] });
      expect({ ...one, struck, state }).toEqual({ ...one, struck: true, state: ends[one.run] });
    }
  }, 280_000);
}
