import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { Instance } from '../../web/src/api/types.ts';
import type { LiveCluster } from '../../web/src/live/standing.ts';

/** A healthy instance as the API tells of it. */
export function anInstance(instance: InstanceKey, more: Partial<Instance> = {}): Instance {
  const isReplica = more.source != null;
  return {
    instance,
    source: null,
    answering: true,
    version: '10.11.6-MariaDB-log',
    readOnly: isReplica,
    ioThread: isReplica ? 'running' : null,
    sqlThread: isReplica ? 'running' : null,
    lagSeconds: isReplica ? 0 : null,
    executedGtid: '0-1-42',
    usesGtid: true,
    errantGtid: '',
    awaitsSemiSync: false,
    acknowledgesSemiSync: false,
    error: null,
    detachedFrom: null,
    isReplaced: false,
    inMaintenance: false,
    downtime: null,
    alias: '',
    dataCenter: '',
    region: '',
    environment: '',
    promotionRule: 'neutral',
    lastSeen: null,
    ...more,
  };
}

/** A cluster of these instances, each with its source; the first without one is its primary. */
export function aCluster(
  alias: string,
  sources: Readonly<Record<InstanceKey, InstanceKey | null>>,
  more: Readonly<Record<InstanceKey, Partial<Instance>>> = {},
): LiveCluster {
  const entries = Object.entries(sources) as [InstanceKey, InstanceKey | null][];
  const [name = ''] = entries.find(([, source]) => source === null) ?? [];
  return {
    id: alias,
    name,
    alias,
    domain: '',
    readiness: 100,
    instances: entries.map(([key, source]) => anInstance(key, { source, ...more[key] })),
  };
}
