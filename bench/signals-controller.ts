import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultConfig } from '../src/config/keys.ts';
import { hooksOfConfig } from '../src/controller/hooks-of-config.ts';
import { startOnPorts } from '../src/controller/on-ports.ts';
import { systemClock } from '../src/controller/system.ts';
import type { HookRunner } from '../src/hooks/runner.ts';
import { openSqliteJournal } from '../src/journal/sqlite.ts';
import { instanceKey } from '../src/kernel/instance-key.ts';
import { leadingAlone, noColleagues } from '../src/leadership/alone.ts';
import { PacemakerSignals } from '../src/signals/pacemaker/pacemaker-signals.ts';
import { SeededChance } from '../src/simulation/chance.ts';
import { FleetServers } from '../src/simulation/fleet-servers.ts';
import { Fleet } from '../src/simulation/fleet.ts';
import { Lifeline } from '../src/simulation/lifeline.ts';
import { createMetrics } from '../src/telemetry/metrics.ts';

const primary = instanceKey('db', 1);
const lookEveryMs = 5;

/** By which way a controller is told. */
export interface Ways {
  /** A notification of the CIB comes in. */
  readonly followed: () => Promise<void>;
  /** An agent has kept an alert. */
  readonly spooled: () => Promise<void>;
}

/**
 * A controller of two simulated servers, with a state file on the disk, that hears a cluster and runs SignalCommand for what it hears.
 * `use` tells it by either way, and asks when the command had begun, in milliseconds since 1970, for the `count`th time.
 */
export async function withController<Result>(
  { folder, runner, message }: { folder: string; runner: HookRunner; message: string },
  use: (ways: Ways, begunAt: (count: number) => Promise<number>) => Promise<Result>,
): Promise<Result> {
  const lines = join(folder, 'calls');
  const config = {
    ...defaultConfig,
    DiscoverySeeds: [primary],
    SignalNodes: { node1: [primary] },
    SignalCommand: `[ -n "$BATON_SIGNAL_SAYS" ] || date +%s%N >> ${lines}`,
  };
  const queue = messages();
  const signals = new PacemakerSignals({
    config: { Spool: folder },
    isHost: (node) => node === 'node1',
    messages: (how) => queue.come(how),
    ask: async () => ({ fences: true, nodes: [node1], fencings: [] }),
    clock: systemClock,
    teller: silent,
  });
  const journal = await openSqliteJournal({ file: join(folder, 'baton.sqlite') });
  const fleet = new Fleet(systemClock);
  fleet.add(primary, null);
  fleet.add(instanceKey('db', 2), primary);
  const controller = await startOnPorts({
    config,
    hooks: hooksOfConfig(config, { runner, clock: systemClock }),
    connect: (onLost) => new FleetServers(fleet, { clock: systemClock, life: new Lifeline(), onLost }),
    journal,
    meter: createMetrics(),
    colleagues: noColleagues,
    signals,
    leadership: leadingAlone(journal, { name: 'bench', since: Date.now() }),
    teller: silent,
    clock: systemClock,
    chance: new SeededChance(1),
    hostname: 'bench',
    evidence: { keep: async (name) => name },
    publisher: null,
  });
  signals.start();
  let spooled = 0;
  const ways: Ways = {
    followed: async () => queue.tell(message),
    spooled: async () => {
      spooled += 1;
      await writeFile(join(folder, '.new'), alertText(spooled));
      await rename(join(folder, '.new'), join(folder, `1.${spooled}.signal`));
    },
  };
  try {
    return await use(ways, (count) => begunAt(lines, count));
  } finally {
    await signals.close();
    await controller.stop();
    await journal.close();
  }
}

const silent = { tell: () => {}, warn: () => {} };
const node1 = { name: 'node1', online: true, pending: false, unclean: false, expectedUp: true };

async function begunAt(lines: string, count: number): Promise<number> {
  for (;;) {
    const text = await readFile(lines, 'utf8').catch(() => '');
    const line = text.split('\n').slice(0, -1)[count - 1];
    if (line !== undefined) return Number(BigInt(line) / 1_000n) / 1_000;
    await sleep(lookEveryMs);
  }
}

function messages() {
  const waiting: string[] = [];
  let wake = () => {};
  return {
    tell(text: string) {
      waiting.push(text);
      wake();
    },
    async *come({ signal, begun }: { signal: AbortSignal; begun: () => void }) {
      begun();
      signal.addEventListener('abort', () => wake(), { once: true });
      while (!signal.aborted) {
        yield* waiting.splice(0);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function alertText(sequence: number): string {
  const told = {
    kind: 'resource',
    node: 'node1',
    node_sequence: String(sequence),
    rsc: 'db',
    task: 'monitor',
    rc: '7',
    target_rc: '0',
    status: '0',
    desc: 'not running',
  };
  return Object.entries(told)
    .map(([name, value]) => `CRM_alert_${name}=${value}\0`)
    .join('');
}
