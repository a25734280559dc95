import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serve } from '../src/api/serve.ts';
import { defaultConfig } from '../src/config/keys.ts';
import { hooksOfConfig } from '../src/controller/hooks-of-config.ts';
import { startOnPorts } from '../src/controller/on-ports.ts';
import { systemClock } from '../src/controller/system.ts';
import { silence } from '../src/hooks/voices.ts';
import { openSqliteJournal } from '../src/journal/sqlite.ts';
import { leadingAlone, noColleagues } from '../src/leadership/alone.ts';
import { noSignals } from '../src/signals/none.ts';
import { SeededChance } from '../src/simulation/chance.ts';
import { PretendedHooks } from '../src/simulation/pretended-hooks.ts';
import { createMetrics } from '../src/telemetry/metrics.ts';
import { primaryOf } from './api-fleet.ts';
import { startFleet } from './api-servers.ts';

/*
 * A controller of simulated servers, which are in another process, with a state file on the disk; their primaries die one
 * after another. Started by bench/api.ts: BATON_BENCH_CLUSTERS clusters of ten servers. It writes where it answers, and
 * at each SIGUSR2 what its event loop and its recoveries did since the last one.
 */
const clusters = Number(process.env['BATON_BENCH_CLUSTERS']);
const [folder = ''] = process.argv.slice(2);
const ofEach = 10;
const dieEveryMs = 2_000;

const connect = startFleet({ clusters, ofEach, dieEveryMs });
const journal = await openSqliteJournal({ file: join(folder, 'baton.sqlite') });
const config = {
  ...defaultConfig,
  DiscoverySeeds: Array.from({ length: clusters }, (_, cluster) => primaryOf(cluster)),
  RecoverMasterClusterFilters: ['*'],
  BrakeMaxRecoveries: 0,
  ListenAddress: '127.0.0.1:0',
};
const out = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const teller = {
  tell(sentence: string) {
    const [, url] = /the API answers on (\S+)/.exec(sentence) ?? [];
    if (url !== undefined) out({ url });
  },
  warn: () => {},
};
const metrics = createMetrics();
const controller = await startOnPorts({
  config,
  hooks: hooksOfConfig(config, { runner: new PretendedHooks(systemClock), clock: systemClock }),
  connect,
  journal,
  meter: metrics,
  colleagues: noColleagues,
  signals: noSignals,
  leadership: leadingAlone(journal, { name: 'bench', since: Date.now() }),
  teller,
  clock: systemClock,
  chance: new SeededChance(1),
  hostname: 'bench',
  evidence: { keep: async (name) => name },
  publisher: null,
});
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
process.on('SIGUSR2', () => {
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - 10);
  // Taken before the recoveries are counted, which takes of the loop too.
  const loop = {
    p50Ms: late(delay.percentile(50)),
    p99Ms: late(delay.percentile(99)),
    maxMs: late(delay.max),
    residentMegabytes: process.memoryUsage().rss / 1e6,
  };
  void controller.recoveries(1_000).then((recoveries) => {
    out({ ...loop, recovered: recoveries.filter(({ endedAt }) => endedAt !== null).length });
    delay.reset();
  });
});

// Last, for whoever hears where it answers may ask at once.
const reload = async () => ({ changes: [], waitsFor: [] });
await serve(
  { controller, pages: journal, metrics, reload, voices: silence },
  { config, teller, path: join(folder, 'api.sock') },
);
