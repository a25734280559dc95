/**
 * The door of what is known, `baton/topology`: what one look at one server brought, what is known of an instance from
 * many of them, how instances hang together, and how a place in a log or a version stands to another. All of it is
 * pure: values in, values out; nothing here opens a connection or asks for the time. GTID sets are at `baton/gtid`.
 */

export {
  compareKeys,
  hostOf,
  InstanceKey,
  instanceKey,
  parseInstanceKey,
  portOf,
} from '../kernel/instance-key.ts';
export { clusterNameOf, depthOf, isCoPrimary } from './clusters.ts';
export { binlogFormatRank, compareMajorVersions, majorVersionOf } from './compatibility.ts';
export { compareCoordinates, Coordinates, coordinatesText } from './coordinates.ts';
export { isSameServer } from './same-server.ts';
export {
  Group,
  isDelayed,
  isDetached,
  isReplicating,
  Observation,
  Replication,
  SemiSync,
  Server,
} from './observation.ts';
export {
  type Checks,
  type Downtime,
  type Instance,
  isCheckValid,
  isDowntimed,
  newInstance,
  type PromotionRule,
  promotionRules,
  replicasAmong,
  replicasBySource,
  type Snapshot,
  upstreamOf,
  withObservation,
} from './snapshot.ts';
export { topologyText, type TreeView } from './tree.ts';
