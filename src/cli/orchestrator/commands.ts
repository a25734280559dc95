import * as printed from './printed.ts';
import type { Print } from './printed.ts';
import type { Words } from './words.ts';

/** What a command of orchestrator’s asks for, below `/api/`, and how the answer is printed (orchestrator 3.2.6, section 5.3). */
export interface OrchestratorCommand {
  readonly path: (words: Words) => string;
  readonly print: Print;
  /** It reads all that `-i` names at once, and is not run for each. */
  readonly takesSeveral?: true;
}

const about = (path: Path, print: Print): OrchestratorCommand => ({ path, print });
type Path = (words: Words) => string;

const instance: Path = (w) => `instance/${w.place('instance')}`;
const replicas: Path = (w) => `instance-replicas/${w.place('instance')}`;
const alone =
  (word: string): Path =>
  (w) =>
    `${word}/${w.place('instance')}`;
const below =
  (word: string): Path =>
  (w) =>
    `${word}/${w.place('instance')}/${w.place('destination')}`;
const belowIfAny =
  (word: string): Path =>
  (w) =>
    `${word}/${w.place('instance')}${w.placeIfAny('destination')}`;
const hinted =
  (word: string): Path =>
  (w) =>
    `${word}/${w.hint}`;
const hintedIfAny =
  (word: string): Path =>
  (w) =>
    w.hintIfAny === '' ? word : `${word}/${w.hintIfAny}`;
const bare =
  (word: string): Path =>
  () =>
    word;
const because = (w: Words) => `comment=${encodeURIComponent(w.must('reason'))}`;
const said = (w: Words) => `${encodeURIComponent(w.owner)}/${encodeURIComponent(w.must('reason'))}`;
const tag = (w: Words) => `tag=${encodeURIComponent(w.must('tag'))}`;

/** Commands that do something to one instance and print it. */
const doings = [
  'stop-replica',
  'stop-replica-nice',
  'start-replica',
  'restart-replica',
  'reset-replica',
  'detach-replica',
  'reattach-replica',
  'detach-replica-master-host',
  'reattach-replica-master-host',
  'skip-query',
  'gtid-errant-reset-master',
  'gtid-errant-inject-empty',
  'enable-semi-sync-master',
  'disable-semi-sync-master',
  'enable-semi-sync-replica',
  'disable-semi-sync-replica',
  'set-read-only',
  'set-writeable',
  'flush-binary-logs',
  'enable-gtid',
  'disable-gtid',
  'make-master',
  'make-local-master',
];
const regroups = [
  'regroup-replicas',
  'regroup-replicas-gtid',
  'regroup-replicas-pgtid',
  'regroup-replicas-bls',
];
const movesBelow = ['relocate', 'relocate-below', 'match', 'match-below', 'move-below', 'move-equivalent'];
const movesOwn = ['match-up', 'move-up', 'make-co-master', 'take-master', 'take-siblings'];
const words = (names: readonly string[], how: (word: string) => OrchestratorCommand) =>
  Object.fromEntries(names.map((word) => [word, how(word)]));

export const orchestratorCommands: Readonly<Record<string, OrchestratorCommand>> = {
  ...words(['topology', 'topology-tabulated', 'topology-tags'], (word) => about(hinted(word), printed.text)),
  'snapshot-topologies': about(bare('snapshot-topologies'), printed.text),
  clusters: about(bare('clusters-info'), printed.clusterNames),
  'clusters-alias': about(bare('clusters-info'), printed.clusterAliases),
  search: about((w) => `search?s=${encodeURIComponent(w.must('instance'))}`, printed.ofInstances),
  find: about(
    (w) => `search?s=${encodeURIComponent(w.get('pattern') || w.must('instance'))}`,
    printed.ofInstances,
  ),
  instance: about(instance, printed.ofInstance),
  'which-instance': about(instance, printed.ofInstance),
  'instance-status': about(instance, printed.ofInstance),
  'which-master': about(instance, printed.source),
  'is-replicating': about(instance, printed.replicating),
  'is-replication-stopped': about(instance, printed.stopped),
  'which-gtid-errant': about(instance, printed.errantGtid),
  'which-replicas': about(replicas, printed.ofInstances),
  'which-broken-replicas': about(replicas, printed.broken),
  'which-cluster-instances': about(hinted('cluster'), printed.ofInstances),
  'which-cluster': about(hinted('cluster-info'), printed.clusterName),
  'which-cluster-alias': about(hinted('cluster-info'), printed.clusterAlias),
  'which-cluster-master': about(hinted('master'), printed.inCluster),
  'all-clusters-masters': about(bare('masters'), printed.ofInstances),
  'dominant-dc': about(bare('masters'), printed.dataCenter),
  'all-instances': about(bare('all-instances'), printed.ofInstances),
  'which-cluster-osc-replicas': about(hinted('cluster-osc-replicas'), printed.ofInstances),
  'which-cluster-osc-running-replicas': about(hinted('cluster-osc-replicas'), printed.running),
  downtimed: about(hintedIfAny('downtimed'), printed.ofInstances),
  'which-downtimed-instances': about(hintedIfAny('downtimed'), printed.ofInstances),
  'which-lost-in-recovery': about(hintedIfAny('downtimed'), printed.lost),
  'which-cluster-domain': about(hinted('cluster-info'), printed.clusterDomain),
  'get-cluster-heuristic-lag': about(hinted('cluster-info'), printed.heuristicLag),
  'which-cluster-gh-ost-replicas': about(hinted('cluster'), printed.loggingRows),
  'bulk-instances': about(bare('bulk-instances'), printed.keys),
  'bulk-promotion-rules': about(bare('bulk-promotion-rules'), printed.promotionRules),
  'active-nodes': about(bare('health'), printed.nodes),
  resolve: about(alone('resolve'), printed.key),
  'replication-analysis': about(bare('replication-analysis'), printed.analysis),
  'can-replicate-from': about(below('can-replicate-from'), printed.key),
  'can-replicate-from-gtid': about(below('can-replicate-from-gtid'), printed.key),
  'last-pseudo-gtid': about(alone('last-pseudo-gtid'), printed.text),
  'locate-gtid-errant': about(alone('locate-gtid-errant'), printed.texts),
  'restart-replica-statements': about(
    (w) => `restart-replica-statements/${w.place('instance')}?q=${encodeURIComponent(w.get('query'))}`,
    printed.texts,
  ),

  ...words(movesBelow, (word) => about(below(word), printed.moved)),
  ...words(movesOwn, (word) => about(alone(word), printed.moved)),
  repoint: about(below('repoint'), printed.moved),
  'move-gtid': about(below('move-gtid'), printed.moved),
  'relocate-replicas': about(below('relocate-replicas'), printed.ofInstances),
  'move-replicas-gtid': about(below('move-replicas-gtid'), printed.ofInstances),
  'match-replicas': about(below('match-replicas'), printed.ofInstances),
  ...words(['match-up-replicas', 'move-up-replicas', 'repoint-replicas'], (word) =>
    about(belowIfAny(word), printed.ofInstances),
  ),
  ...words(doings, (word) => about(alone(word), printed.ofInstance)),
  ...words(regroups, (word) => about(alone(word), printed.key)),
  'delay-replication': about(
    (w) => `delay-replication/${w.place('instance')}/${w.must('seconds')}`,
    printed.ofInstance,
  ),
  'purge-binary-logs': about(
    (w) => `purge-binary-logs/${w.place('instance')}/${w.must('binlog')}`,
    printed.ofInstance,
  ),

  recover: about(belowIfAny('recover'), printed.key),
  'recover-lite': about(belowIfAny('recover-lite'), printed.key),
  'graceful-master-takeover': about(takeover('graceful-master-takeover'), printed.successor),
  'graceful-master-takeover-auto': about(takeover('graceful-master-takeover-auto'), printed.successor),
  'force-master-failover': about(hinted('force-master-failover'), printed.successor),
  'force-master-takeover': about(
    (w) => `force-master-takeover/${w.hint}/${w.place('destination')}`,
    printed.successor,
  ),
  'ack-cluster-recoveries': about((w) => `ack-recovery/cluster/${w.hint}?${because(w)}`, printed.text),
  'ack-instance-recoveries': about(
    (w) => `ack-recovery/instance/${w.place('instance')}?${because(w)}`,
    printed.key,
  ),
  'ack-all-recoveries': about((w) => `ack-all-recoveries?${because(w)}`, printed.text),
  ...words(['disable-global-recoveries', 'enable-global-recoveries', 'check-global-recoveries'], (word) =>
    about(bare(word), printed.text),
  ),

  discover: about(alone('discover'), printed.ofInstance),
  'async-discover': about(alone('async-discover'), printed.nothing),
  forget: about(alone('forget'), printed.nothing),
  'forget-cluster': about(hinted('forget-cluster'), printed.nothing),
  'begin-downtime': about((w) => {
    const duration = w.get('duration');
    return `begin-downtime/${w.place('instance')}/${said(w)}${duration === '' ? '' : `/${duration}`}`;
  }, printed.key),
  'end-downtime': about(alone('end-downtime'), printed.key),
  'begin-maintenance': about((w) => `begin-maintenance/${w.place('instance')}/${said(w)}`, printed.key),
  'end-maintenance': about(alone('end-maintenance'), printed.key),
  'in-maintenance': about(alone('in-maintenance'), printed.text),
  'register-candidate': about(
    (w) => `register-candidate/${w.place('instance')}/${w.get('promotion-rule') || 'prefer'}`,
    printed.key,
  ),
  'register-hostname-unresolve': about(
    (w) => `register-hostname-unresolve/${w.place('instance')}/${encodeURIComponent(w.must('hostname'))}`,
    printed.key,
  ),
  'deregister-hostname-unresolve': about(alone('deregister-hostname-unresolve'), printed.key),
  'set-cluster-alias': about(
    (w) =>
      `set-cluster-alias/${encodeURIComponent(w.key('instance'))}?alias=${encodeURIComponent(w.must('alias'))}`,
    printed.text,
  ),
  'submit-masters-to-kv-stores': about(hintedIfAny('submit-masters-to-kv-stores'), printed.pairs),
  tags: about(alone('tags'), printed.texts),
  'tag-value': about((w) => `tag-value/${w.place('instance')}?${tag(w)}`, printed.text),
  tag: about((w) => `tag/${w.place('instance')}?${tag(w)}`, printed.key),
  untag: about((w) => `untag/${w.place('instance')}?${tag(w)}`, printed.keys),
  'untag-all': about((w) => `untag-all?${tag(w)}`, printed.keys),
  tagged: about((w) => `tagged${w.placeIfAny('instance')}?${tag(w)}`, printed.keys),
  'submit-pool-instances': {
    path: (w) =>
      `submit-pool-instances/${encodeURIComponent(w.must('pool'))}?instances=${encodeURIComponent(w.must('instance'))}`,
    print: printed.text,
    takesSeveral: true,
  },
  'which-heuristic-cluster-pool-instances': about((w) => {
    const pool = w.get('pool');
    return `heuristic-cluster-pool-instances/${w.hint}${pool === '' ? '' : `/${encodeURIComponent(pool)}`}`;
  }, printed.ofInstances),
  'reload-configuration': about(bare('reload-configuration'), printed.text),
  'raft-leader': about(bare('raft-leader'), printed.text),
  'raft-health': about(bare('raft-health'), printed.text),
  'raft-leader-hostname': about(bare('raft-leader'), printed.text),
  'raft-elect-leader': about(
    (w) => `raft-yield-hint/${encodeURIComponent(w.must('hostname'))}`,
    printed.text,
  ),
  api: about((w) => w.must('path').replace(/^\/*(api\/)?/, ''), printed.json),
};

/** To whom: nobody in particular, or the one that `-d` names. */
function takeover(word: string): Path {
  return (w) => `${word}/${w.hint}${w.placeIfAny('destination')}`;
}

/** orchestrator’s older names of commands: `slave` is `replica`, to enslave is to take (section 5.5). */
export function commandNamed(written: string): OrchestratorCommand | null {
  const today = written.replace('enslave-', 'take-').replace('slave', 'replica');
  return Object.hasOwn(orchestratorCommands, today) ? (orchestratorCommands[today] ?? null) : null;
}
