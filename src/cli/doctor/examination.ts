import { existsSync } from 'node:fs';
import type { Config } from '../../config/keys.ts';
import { accessOf } from '../../controller/access.ts';
import type { ReadinessReport } from '../../controller/counsel-reports.ts';
import { type Overview, lookAround } from '../../controller/look-around.ts';
import type { ClusterReport } from '../../controller/reports.ts';
import type { Fact } from '../../journal/archive.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { type InstanceKey, parseInstanceKey } from '../../kernel/instance-key.ts';
import { systemClock } from '../../controller/system.ts';
import { MysqlServers } from '../../mysql/servers.ts';
import type { CheckedConfig } from '../config-check.ts';
import { type Daemon, daemonOf } from '../daemon.ts';
import { pagesOfFile } from '../../journal/sqlite-pages.ts';
import { type Chapter, counted, doubtful, wrong } from './chapter.ts';
import { readinessChapter } from './clusters.ts';
import { configurationChapter, hooksChapter } from './configuration.ts';
import { coordinationChapter, journalChapter, listeningChapter } from './machine.ts';
import { clocksChapter, connectionsChapter, grantsChapter, queriesChapter } from './servers.ts';
import { visit } from './visit.ts';

/** All that was looked at. */
export interface Examination {
  /** Whether a controller of this configuration runs and was asked for what it knows. */
  readonly controller: 'answers' | 'none';
  readonly chapters: readonly Chapter[];
  /** How many servers there were to ask, and how many could be. */
  readonly servers: { readonly known: number; readonly met: number };
}

/** Examines a configuration and everything that it names. Changes nothing, whether or not a controller runs. */
export async function examine(
  checked: CheckedConfig & { readonly config: Config },
  { file, tell }: { file: string | undefined; tell: (text: string) => void },
): Promise<Examination> {
  const { config } = checked;
  const { overview, chapter: controller, runs } = await knownNow(config, file, tell);
  const keys = [...new Set([...seedsOf(config), ...overview.keys])];
  tell(`Asking ${counted(keys.length, 'server')}.`);
  const access = accessOf(config);
  const visits = await Promise.all(keys.map((key) => visit(key, config, access)));
  const etcd = await coordinationChapter(config);
  const chapters = [
    configurationChapter(checked),
    hooksChapter(checked, config),
    listeningChapter(config),
    journalChapter(config),
    ...(etcd === null ? [] : [etcd]),
    controller,
    connectionsChapter(visits),
    grantsChapter(visits),
    await replicationChapter(config, overview),
    queriesChapter(visits),
    clocksChapter(visits),
    readinessChapter(overview.readiness),
  ];
  const met = visits.filter((one) => one.met !== null).length;
  return { controller: runs ? 'answers' : 'none', chapters, servers: { known: keys.length, met } };
}

interface Known {
  readonly overview: Overview;
  readonly chapter: Chapter;
  readonly runs: boolean;
}

const nothingKnown: Overview = { keys: [], readiness: [] };

/** What the controller knows; where none runs, what one would see. */
async function knownNow(
  config: Config,
  file: string | undefined,
  tell: (text: string) => void,
): Promise<Known> {
  const title = 'Controller';
  try {
    const daemon = await daemonOf(file);
    const overview = await overviewOf(daemon);
    return { overview, chapter: { title, found: 'answers', troubles: [] }, runs: true };
  } catch (error) {
    if (!(error instanceof BatonError) || error.code !== 'daemon-unreachable') throw error;
  }
  tell('No controller answers; looking around as one would.');
  const found = 'none runs here; the servers were asked by this command';
  try {
    const overview = await lookAround(config, await factsIn(config.StateFile));
    return { overview, chapter: { title, found, troubles: [] }, runs: false };
  } catch (error) {
    const code = error instanceof BatonError ? error.code : null;
    const trouble =
      code === 'journal-busy'
        ? wrong(
            `${messageOf(error)}, which does not answer on its socket`,
            'look at its log; a controller that hangs may be killed and started again',
          )
        : wrong(
            messageOf(error),
            code === 'nothing-to-watch' ? 'a controller would not start; see Servers below' : null,
          );
    return { overview: nothingKnown, chapter: { title, found, troubles: [trouble] }, runs: false };
  }
}

async function overviewOf(daemon: Daemon): Promise<Overview> {
  const clusters = (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
  const readiness = (await daemon.get('/baton/v1/readiness')) as readonly ReadinessReport[];
  return { keys: clusters.flatMap(({ instances }) => instances.map(({ instance }) => instance)), readiness };
}

/** What a stopped controller has kept. Throws `journal-busy` and `journal-broken`. */
async function factsIn(stateFile: string): Promise<readonly Fact[]> {
  if (!existsSync(stateFile)) return [];
  const pages = await pagesOfFile(stateFile);
  try {
    return await pages.facts();
  } finally {
    await pages.close();
  }
}

const lookMs = 5_000;

/** Whether a primary that is replaced could follow its successor: it has no account for that yet. */
async function replicationChapter(config: Config, { keys, readiness }: Overview): Promise<Chapter> {
  const servers = new MysqlServers({
    access: accessOf(config),
    clock: systemClock,
    useSuperReadOnly: false,
    replication: {
      query: config.ReplicationCredentialsQuery,
      user: config.ReplicationUser,
      password: config.ReplicationPassword,
    },
    onLost: () => {},
  });
  try {
    const looks = await servers.look(keys, lookMs);
    const primaries = readiness.flatMap(({ name }) => parseInstanceKey(name) ?? []);
    const said = await Promise.all(primaries.map((key) => servers.canGiveAccount(key)));
    const accounts = said.flatMap((because) =>
      because === null
        ? []
        : [
            doubtful(
              because,
              'set ReplicationUser and ReplicationPassword, so that a replaced primary can follow its successor',
            ),
          ],
    );
    // Of what it lacks on all of a server the account's own chapter speaks.
    const unread = looks.flatMap(({ key, server }) =>
      (server?.lacks ?? [])
        .filter((lack) => lack.includes('GRANT SELECT ON'))
        .map((lack) => doubtful(`of ${key}, ${lack}`)),
    );
    return {
      title: 'Replication',
      found: 'an account is known for those who follow',
      troubles: [...accounts, ...unread],
    };
  } finally {
    servers.close();
  }
}

function seedsOf({ DiscoverySeeds, DefaultInstancePort }: Config): readonly InstanceKey[] {
  return DiscoverySeeds.flatMap((seed) => parseInstanceKey(seed, DefaultInstancePort) ?? []);
}
