import { expect, it } from 'vitest';
import type { Config } from '../../src/config/keys.ts';
import { aController, aFleet } from './a-controller.ts';

/** A primary a, its replicas b, which applies six seconds late, and c; and who takes writes. */
function aCluster() {
  const { clock, fleet } = aFleet('b', 'c');
  const { replication } = fleet.server('b:1');
  if (replication !== null) replication.lagMs = 6_000;
  const writable = () =>
    fleet.servers.flatMap(({ key, alive, readOnly }) => (alive && !readOnly ? [key] : []));
  return { clock, fleet, writable };
}

/** A controller that knows nothing of any other, and recovers by itself. */
function anActive(cluster: ReturnType<typeof aCluster>, given: Partial<Config>) {
  return aController(cluster, { RecoverMasterClusterFilters: ['*'], ...given });
}

it('a controller that comes late leaves the successor of another one alone, and says so (P3, rule 6)', async () => {
  const cluster = aCluster();
  const { clock, fleet, writable } = cluster;
  const late = await anActive(cluster, { PromotionIgnoreHostnameFilters: ['^c:'] });
  await anActive(cluster, {
    PromotionIgnoreHostnameFilters: ['^b:'],
    DetectionConfirmMilliseconds: 1_000,
  });
  await clock.advance(1_000);
  fleet.write('a:1');
  await clock.advance(100);
  fleet.kill('a:1');
  await clock.advance(15_000);
  expect(writable()).toEqual(['c:1']);
  expect(fleet.doubled).toEqual([]);
  expect(fleet.server('b:1').replication?.source).toBe('c:1');
  const [recovery] = await late.recoveries(1);
  expect(recovery).toMatchObject({
    state: 'failed',
    reason: expect.stringMatching(
      /^c:1 has no source and takes writes: somebody else has promoted it; not put back: c:1 /,
    ),
  });
});
