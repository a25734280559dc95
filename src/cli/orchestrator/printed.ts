import { z } from 'zod';
import { instanceKey } from '../../kernel/instance-key.ts';

/** How an answer’s JSON is printed, a line each: what orchestrator-client’s filters make of it (orchestrator 3.2.6, section 5.3). */
export type Print = (answer: unknown) => readonly string[];

const Key = z.object({ Hostname: z.string(), Port: z.number() }).transform(keyText);
const Instance = z.object({ Key });
const Thread = z.object({
  Key,
  ReplicationSQLThreadState: z.number(),
  ReplicationIOThreadState: z.number(),
  LastSQLError: z.string(),
  LastIOError: z.string(),
});
const Cluster = z.object({ ClusterName: z.string(), ClusterAlias: z.string() });
const Entry = z.object({
  AnalyzedInstanceKey: Key,
  ClusterDetails: z.object({ ClusterName: z.string() }).nullable(),
  Analysis: z.string(),
  StructureAnalysis: z.array(z.string()).nullable(),
});

/** The reason of the downtime of what a recovery has lost (orchestrator 3.2.6, section 3.12). */
const lostReason = 'lost-in-recovery';

function keyText({ Hostname, Port }: { Hostname: string; Port: number }): string {
  // A source that a replica was detached from has slashes before its host, and no source at all has nothing.
  return Hostname === '' ? ':0' : instanceKey(Hostname, Port);
}

export const nothing: Print = () => [];
export const text: Print = (answer) => (typeof answer === 'string' ? [answer] : []);
export const texts: Print = (answer) => z.array(z.unknown()).parse(answer).map(String);
export const json: Print = (answer) => [JSON.stringify(answer)];
export const key: Print = (answer) => [Key.parse(answer)];
export const keys: Print = (answer) => z.array(Key).parse(answer);
export const ofInstance: Print = (answer) => [Instance.parse(answer).Key];
export const ofInstances: Print = (answer) =>
  z
    .array(Instance)
    .nullable()
    .parse(answer)
    ?.map((one) => one.Key) ?? [];
/** `a:3306<b:3306`: a replica and its source. */
export const moved: Print = (answer) => {
  const { Key: replica, MasterKey } = z.object({ Key, MasterKey: Key }).parse(answer);
  return [`${replica}<${MasterKey}`];
};
export const source: Print = (answer) => [z.object({ MasterKey: Key }).parse(answer).MasterKey];
export const successor: Print = (answer) => [z.object({ SuccessorKey: Key }).parse(answer).SuccessorKey];
export const clusterNames: Print = (answer) =>
  z
    .array(Cluster)
    .parse(answer)
    .map(({ ClusterName }) => ClusterName);
export const clusterAliases: Print = (answer) =>
  z
    .array(Cluster)
    .parse(answer)
    .map(({ ClusterName, ClusterAlias }) => `${ClusterName},${ClusterAlias}`);
export const clusterName: Print = (answer) => [Cluster.parse(answer).ClusterName];
export const clusterAlias: Print = (answer) => [Cluster.parse(answer).ClusterAlias];
export const clusterDomain: Print = (answer) => [
  z.object({ ClusterDomain: z.string() }).parse(answer).ClusterDomain,
];
/** Seconds. */
export const heuristicLag: Print = (answer) => [
  String(z.object({ HeuristicLag: z.number() }).parse(answer).HeuristicLag),
];
/** Those that a recovery left behind, by the reason of their downtime. */
export const lost: Print = (answer) =>
  z
    .array(z.object({ Key, DowntimeReason: z.string() }))
    .parse(answer)
    .filter((one) => one.DowntimeReason === lostReason)
    .map((one) => one.Key);
/** Replicas at whose binary logs gh-ost may look. */
export const loggingRows: Print = (answer) =>
  z
    .array(Thread.extend({ Binlog_format: z.string(), LogBinEnabled: z.boolean() }))
    .parse(answer)
    .filter((one) => isRunning(one) && one.LogBinEnabled && one.Binlog_format === 'ROW')
    .map((one) => one.Key);
export const promotionRules: Print = (answer) =>
  z
    .array(z.object({ Hostname: z.string(), Port: z.number(), PromotionRule: z.string() }))
    .parse(answer)
    .map((one) => `${keyText(one)},${one.PromotionRule}`);
/** `host;token`, a line for each controller that is known. */
export const nodes: Print = (answer) =>
  z
    .object({ AvailableNodes: z.array(z.object({ Hostname: z.string(), Token: z.string() })) })
    .parse(answer)
    .AvailableNodes.map((one) => `${one.Hostname};${one.Token}`);
export const inCluster: Print = (answer) => [z.object({ ClusterName: z.string() }).parse(answer).ClusterName];
export const errantGtid: Print = (answer) => [z.object({ GtidErrant: z.string() }).parse(answer).GtidErrant];
/** The instance where both threads run; where neither does. */
export const replicating: Print = (answer) => withThreads(answer, 1);
export const stopped: Print = (answer) => withThreads(answer, 0);
/** Those of which a thread does not run, and says why. */
export const broken: Print = (answer) =>
  z
    .array(Thread)
    .parse(answer)
    .filter((one) => !isRunning(one) && (one.LastSQLError !== '' || one.LastIOError !== ''))
    .map((one) => one.Key);
export const running: Print = (answer) =>
  z
    .array(Thread)
    .parse(answer)
    .filter(isRunning)
    .map((one) => one.Key);
export const pairs: Print = (answer) =>
  z
    .array(z.object({ Key: z.string(), Value: z.string() }))
    .parse(answer)
    .map((one) => `${one.Key}:${one.Value}`);
export const dataCenter: Print = (answer) => {
  const centers = z.array(z.object({ DataCenter: z.string() })).parse(answer);
  const counts = new Map<string, number>();
  for (const { DataCenter } of centers) counts.set(DataCenter, (counts.get(DataCenter) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most === undefined ? [] : [most[0]];
};
/** `a:3306 (cluster a:3306): DeadMaster, NoWriteableMasterStructureWarning` (section 2.4). */
export const analysis: Print = (answer) =>
  z
    .array(Entry)
    .parse(answer)
    .map(({ AnalyzedInstanceKey, ClusterDetails, Analysis, StructureAnalysis }) => {
      const codes = [...(Analysis === 'NoProblem' ? [] : [Analysis]), ...(StructureAnalysis ?? [])];
      return `${AnalyzedInstanceKey} (cluster ${ClusterDetails?.ClusterName ?? ''}): ${codes.join(', ')}`;
    });

function withThreads(answer: unknown, state: number): readonly string[] {
  const one = Thread.parse(answer);
  const [sql, io] = [one.ReplicationSQLThreadState, one.ReplicationIOThreadState];
  return sql === state && io === state ? [one.Key] : [];
}

function isRunning(one: z.infer<typeof Thread>): boolean {
  return one.ReplicationSQLThreadState === 1 && one.ReplicationIOThreadState === 1;
}
