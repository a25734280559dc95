import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '../config/keys.ts';
import type { Colleagues, Journal, Leadership, Teller } from '../engine/ports.ts';
import { startSpawner } from '../hooks/spawner/client.ts';
import { HookVoices, type Voices } from '../hooks/voices.ts';
import { openEtcdJournal } from '../journal/etcd.ts';
import { openSqliteJournal } from '../journal/sqlite.ts';
import type { Archive, ArchivedJournal, StoredPages } from '../journal/archive.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { leasesOf } from '../config/keys/publish.ts';
import { renewLeases } from '../publish/leases.ts';
import { signalsOfConfig } from '../signals/signals-of-config.ts';
import { leadingAlone, noColleagues } from '../leadership/alone.ts';
import { EtcdLeadership } from '../leadership/etcd.ts';
import { EtcdColleagues } from '../leadership/etcd-colleagues.ts';
import { type Hearer, heardJournal } from '../telemetry/heard-journal.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { redactor } from '../telemetry/redact.ts';
import { advertisedAddress } from './advertised-address.ts';
import { type Controller, portsOfConfig, startController } from './controller.ts';
import { etcdOf } from './etcd-of-config.ts';
import { hooksOfConfig, spawnerOptionsOf } from './hooks-of-config.ts';
import { publisherOfConfig } from './publisher-of-config.ts';
import { Retention, keptMsOf } from './retention.ts';
import { type ReloadReport, Reloading } from './reloading.ts';
import { secretTextsOf } from './secret-variables.ts';
import { systemClock } from './system.ts';

/** A journal as it is looked through, by pages and by runs. */
type StoredJournal = StoredPages & Pick<Archive, 'heads'> & Pick<Journal, 'read'>;

/** A controller with the journal and the hooks that it owns. */
export interface RunningDaemon {
  readonly controller: Controller;
  /** Its journal as it is stored. */
  readonly pages: StoredJournal;
  /** What hooks say while they run. */
  readonly voices: Voices;
  readonly metrics: Pick<Metrics, 'text'>;
  /** Reads the configuration again, as `who` asked. Throws what speaks against it, and then nothing is changed. */
  readonly reload: (who: string) => Promise<ReloadReport>;
  stop(): Promise<void>;
}

/** How controllers remember together, and agree on who leads. */
interface Coordination {
  readonly journal: Journal & Archive;
  readonly leadership: Leadership;
  readonly colleagues: Colleagues;
  close(): Promise<void>;
}

/**
 * Everything that one controller on one machine needs, in the order in which it must be there: the state
 * file first, for whoever holds it is the one controller of this machine. Throws `journal-busy` when another does.
 */
export async function startDaemon(options: {
  config: Config;
  teller: Teller;
  /** Reads the configuration again; without it, it stays as it is. */
  read?: () => Promise<Config>;
  openJournal?: (place: { file: string }) => Promise<ArchivedJournal>;
}): Promise<RunningDaemon> {
  const { config, teller, read = async () => config, openJournal = openSqliteJournal } = options;
  const metrics = createMetrics();
  const own = await openJournal({ file: config.StateFile });
  const directory = `${config.StateFile}.hooks`;
  const secrets = new Set(secretTextsOf(config, process.env));
  let redact = redactor([...secrets]);
  const spawner = { ...spawnerOptionsOf(config), redact: (text: string) => String(redact(text)) };
  const runner = await startSpawner({ directory, ...spawner }).catch(async (error: unknown) => {
    await own.close();
    const because = `hooks cannot be kept beside it, in ${directory}: ${messageOf(error)}`;
    throw new BatonError('config-invalid', `StateFile: ${because}`, { cause: error });
  });
  const voices = new HookVoices(runner);
  const hooks = hooksOfConfig(config, { runner: voices, clock: systemClock });
  const closing: (() => Promise<void>)[] = [() => own.close(), () => runner.close()];
  const close = async () => {
    for (const one of closing.toReversed()) await one();
  };
  try {
    const { leadership, colleagues, ...coordination } = await coordinationOf(config, own, teller);
    closing.push(() => coordination.close());
    const journal = heardJournal(coordination.journal, [metrics, ...(await tracingOf(config))]);
    const { publisher, ...published } = await publisherOfConfig(config, process.env);
    closing.push(async () => published.close());
    const { signals, ...listening } = signalsOfConfig(config, teller);
    closing.push(() => listening.close());
    const controller = await startController({
      config,
      journal,
      leadership,
      colleagues,
      signals,
      hooks,
      teller,
      meter: metrics,
      probed: metrics.probed,
      publisher,
    });
    const stopping = new AbortController();
    const token = () => leadership.token();
    const retention = new Retention({ journal, clock: systemClock, teller, keptMs: keptMsOf(config), token });
    const forgetting = retention.live(stopping.signal);
    const renewing = renewLeases(
      leasesOf(config.Publish),
      { leads: () => token() !== null, clock: systemClock, teller },
      stopping.signal,
    );
    const reloading = new Reloading({
      config,
      read,
      controller,
      teller,
      renewalOf(next) {
        for (const secret of secretTextsOf(next, process.env)) secrets.add(secret);
        redact = redactor([...secrets]);
        return portsOfConfig(
          next,
          hooksOfConfig(next, { runner: voices, clock: systemClock }),
          metrics.probed,
        );
      },
    });
    return {
      controller,
      pages: journal,
      voices,
      metrics,
      reload: (who) => reloading.reload(who),
      async stop() {
        stopping.abort(new Error('the controller is being stopped'));
        await Promise.all([forgetting, renewing]);
        await controller.stop().finally(close);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Loaded only where it is wanted: an SDK that NODE_OPTIONS has started takes the spans. */
async function tracingOf({ TraceRecoveries }: Config): Promise<readonly Hearer[]> {
  if (!TraceRecoveries) return [];
  const { Tracing } = await import('../telemetry/tracing.ts');
  return [new Tracing()];
}

/** By the state file alone, or by etcd. */
async function coordinationOf(config: Config, own: ArchivedJournal, teller: Teller): Promise<Coordination> {
  const { Coordination } = config;
  if (Coordination.Kind === 'single') {
    const leadership = leadingAlone(own, { name: hostname(), since: systemClock.now() });
    return { journal: own, leadership, colleagues: noColleagues, close: async () => {} };
  }
  const { Prefix, LeaseSeconds, Name } = Coordination;
  const etcd = await etcdOf(config, Coordination);
  const name = Name === '' ? hostname() : Name;
  const leadership = new EtcdLeadership({
    etcd,
    key: `${Prefix}leader`,
    seconds: LeaseSeconds,
    self: { name, id: randomBytes(8).toString('hex'), address: advertisedAddress(config, hostname()) },
    clock: systemClock,
    teller,
  });
  const token = () => leadership.token();
  const journal = openEtcdJournal({ etcd, prefix: Prefix, token });
  const colleagues = new EtcdColleagues({
    etcd,
    prefix: `${Prefix}observer/`,
    name,
    clock: systemClock,
    teller,
  });
  return {
    journal,
    leadership,
    colleagues,
    async close() {
      await leadership.close();
      await journal.close();
      etcd.close();
    },
  };
}
