import { expect, it, onTestFinished } from 'vitest';
import { type Handover, handOver } from '../../bench/soak/handover.ts';
import { Stage } from '../../bench/soak/stage.ts';
import { AnEtcd } from './an-etcd.ts';

/** The short form of `npm run soak -- controllers`. Needs dist, for controllers are processes. */
const chosen: readonly Handover[] = [
  { run: 'takeover', blow: 'stopped', record: 8 },
  { run: 'recovery', blow: 'killed', record: 30 },
];

it('a leader that stands still in a takeover, or is killed in a recovery, is followed by another, without a lost write or a second primary (P2, P3)', async () => {
  const stage = await Stage.make('mariadb', 3);
  onTestFinished(() => stage.strike());
  const etcd = await AnEtcd.start(1);
  onTestFinished(() => etcd.stop());
  for (const one of chosen) {
    const { wrong, struck } = await handOver(stage, etcd, one);
    expect({ ...one, wrong }).toEqual({ ...one, wrong: [] });
    expect(struck).toBe(true);
  }
}, 240_000);
