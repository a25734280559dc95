import { z } from 'zod';
import type { Script } from './script.ts';

/** A replica of a cluster's second tier has this many replicas of its own, at most. */
const below = 24;
/** As many servers a cluster has, at most, where nobody says how many clusters there are. */
const usually = 25;

/** Who replicates from whom, as `baton topology --json` prints it. */
export const DrawnFleet = z.array(
  z.object({
    instances: z.array(
      z.object({
        instance: z.string(),
        source: z.string().nullable(),
        version: z.string().optional(),
      }),
    ),
  }),
);
export type DrawnFleet = z.output<typeof DrawnFleet>;

/** Hooks that a fleet without a story runs, so that there is something to be seen of them. */
const hooks = [
  'hook OnFailureDetectionProcesses echo {failureType} of {failedHost}',
  'hook PreFailoverProcesses echo will recover {failureCluster}',
  'hook PostMasterFailoverProcesses echo {successorHost} is the primary now',
  'hook PostFailoverProcesses echo recovered {failureType}',
  'config RecoverIntermediateMasterClusterFilters ["*"]',
];

/** So many servers in so many clusters, each a primary with tiers of replicas: `c1-1`, `c1-2<c1-1`, …. */
export function fleetOf(count: number, clusters = Math.ceil(count / usually)): Script {
  const words: string[] = [];
  for (let cluster = 1; cluster <= clusters; cluster += 1) {
    const size = Math.floor(count / clusters) + (cluster <= count % clusters ? 1 : 0);
    for (let server = 1; server <= size; server += 1) words.push(member(`c${cluster}-`, server, size));
  }
  const title = `${count} servers in ${clusters} ${clusters === 1 ? 'cluster' : 'clusters'}.`;
  return { name: 'fleet', title, commands: [`fleet ${words.join(' ')}`, ...hooks, 'start'] };
}

/** As few intermediate sources as the size wants, the others below them by turns. */
function member(prefix: string, server: number, size: number): string {
  const intermediates = size <= usually ? 1 : Math.ceil((size - 1) / (below + 1));
  if (server === 1) return `${prefix}1`;
  if (server <= 3 || server <= 1 + intermediates || size <= 5) return `${prefix}${server}<${prefix}1`;
  const source = 2 + (server % intermediates);
  return `${prefix}${server}<${prefix}${source}`;
}

/** A fleet as it was drawn elsewhere, on pretended servers of the same names. */
export function fleetAsDrawn(drawn: DrawnFleet): Script {
  const all = drawn.flatMap(({ instances }) => instances);
  const isMysql = all.every(({ version = '' }) => version !== '' && !/mariadb/i.test(version));
  const known = new Set<string>();
  const words: string[] = [];
  const rings: string[] = [];
  const add = ({ instance, source }: (typeof all)[number], way: readonly string[]): void => {
    if (known.has(instance)) return;
    const above = all.find((one) => one.instance === source);
    const isRing = source !== null && way.includes(source);
    if (above !== undefined && !isRing) add(above, [...way, instance]);
    if (known.has(instance)) return;
    known.add(instance);
    if (isRing) rings.push(`co-primary ${instance} ${source}`);
    words.push(above === undefined || isRing ? instance : `${instance}<${source}`);
  };
  for (const one of all) add(one, []);
  const fleet = `fleet ${isMysql ? 'mysql ' : ''}${words.join(' ')}`;
  const title = `${all.length} servers as they were drawn.`;
  return { name: 'fleet', title, commands: [fleet, ...rings, ...hooks, 'start'] };
}
