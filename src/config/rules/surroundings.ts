import { sentence } from '../sentence.ts';
import type { Rule } from './rule.ts';

const urlPrefix: Rule = ({ URLPrefix }) =>
  URLPrefix === '' ? {} : { change: { URLPrefix: `/${URLPrefix.replace(/^\/+|\/+$/g, '')}` } };

const keyPrefix: Rule = ({ KVClusterMasterPrefix }) => ({
  change: { KVClusterMasterPrefix: `${KVClusterMasterPrefix.replace(/\/+$/, '')}/` },
});

const raft: Rule = ({ RaftEnabled, RaftDataDir, RaftBind, RaftAdvertise }) => {
  const missing = [...(RaftDataDir === '' ? ['RaftDataDir'] : []), ...(RaftBind === '' ? ['RaftBind'] : [])];
  const change = { RaftAdvertise: RaftAdvertise === '' ? RaftBind : RaftAdvertise };
  if (!RaftEnabled || missing.length === 0) return { change };
  const text = `RaftEnabled needs ${missing.join(' and ')} too.`;
  return { change, sentences: [sentence('error', 'RaftEnabled', text)] };
};

const advertisedAddress: Rule = ({ HTTPAdvertise }) => {
  if (HTTPAdvertise === '' || /^https?:\/\/[^/:]+:\d+$|^https?:\/\/\[[^\]/]+\]:\d+$/.test(HTTPAdvertise))
    return {};
  const text = `HTTPAdvertise wants scheme, host and port and no path, as http://192.0.2.7:3000; found ${HTTPAdvertise}.`;
  return { sentences: [sentence('error', 'HTTPAdvertise', text)] };
};

const pseudoGtid: Rule = ({ AutoPseudoGTID }) =>
  AutoPseudoGTID
    ? {
        change: {
          PseudoGTIDPattern: 'drop view if exists `_pseudo_gtid_`',
          PseudoGTIDPatternIsFixedSubstring: true,
          PseudoGTIDMonotonicHint: 'asc:',
          DetectPseudoGTIDQuery: 'select 1',
        },
      }
    : {};

/** One cluster has five keys, and Consul takes at most 64 in a transaction. */
const consulTransaction: Rule = ({ ConsulMaxKVsPerTransaction: asked }) => ({
  change: { ConsulMaxKVsPerTransaction: Math.min(64, Math.max(5, asked)) },
});

/** Who relies on it would not be told of a failover, so silence is no answer. */
const zooKeeper: Rule = ({ ZkAddress }) => {
  if (ZkAddress === '') return {};
  const text =
    'ZkAddress is set, and Baton does not write to ZooKeeper. Publish in etcd, Consul, ProxySQL, by HTTP or to a file (Publish, ConsulAddress), or write to ZooKeeper from a hook of PostMasterFailoverProcesses, and remove ZkAddress.';
  return { sentences: [sentence('error', 'ZkAddress', text)] };
};

/** An etcd of its own has addresses; another is the one by which controllers agree. */
const publishedSomewhere: Rule = ({ Publish, Coordination }) => ({
  sentences: Publish.flatMap((place, index) =>
    place.Kind === 'etcd' && place.Endpoints.length === 0 && Coordination.Kind !== 'etcd'
      ? [
          sentence(
            'error',
            'Publish',
            `Publish[${index + 1}].Endpoints is missing, and Coordination names no etcd in its place.`,
          ),
        ]
      : [],
  ),
});

const consulAddress: Rule = ({ ConsulAddress }) =>
  ConsulAddress === '' || /^(\[[0-9a-fA-F:.]+\]|[^:\s[\]/]+):\d+$/.test(ConsulAddress)
    ? {}
    : {
        sentences: [
          sentence('error', 'ConsulAddress', `ConsulAddress wants host:port; found ${ConsulAddress}.`),
        ],
      };

/** Settings of everything around recoveries (orchestrator 3.2.6, section 4). */
export const surroundingsRules: readonly Rule[] = [
  urlPrefix,
  keyPrefix,
  raft,
  advertisedAddress,
  pseudoGtid,
  consulTransaction,
  consulAddress,
  zooKeeper,
  publishedSomewhere,
];
