import type { InstanceKey } from '../kernel/instance-key.ts';
import type { PromotionRule } from '../topology/snapshot.ts';

/** What is known of an instance, as the API tells it. */
export interface SeenInstance {
  readonly instance: InstanceKey;
  readonly source: InstanceKey | null;
  readonly answering: boolean;
  readonly version: string;
  readonly readOnly: boolean | null;
  readonly ioThread: string | null;
  readonly sqlThread: string | null;
  readonly lagSeconds: number | null;
  readonly usesGtid: boolean;
  readonly errantGtid: string;
  readonly awaitsSemiSync: boolean;
  readonly acknowledgesSemiSync: boolean;
  readonly error: string | null;
  readonly detachedFrom: InstanceKey | null;
  readonly isReplaced: boolean;
  readonly inMaintenance: boolean;
  readonly downtime: string | null;
  readonly promotionRule: PromotionRule;
}

export type InstanceRole = 'primary' | 'co-primary' | 'intermediate' | 'replica';

/** Something that is not as it should be. */
export interface Flaw {
  readonly tone: 'bad' | 'warn';
  /** A few words for a card. */
  readonly short: string;
  /** The sentence. */
  readonly says: string;
}

/** How an instance is drawn. */
export interface InstanceLook {
  readonly role: InstanceRole;
  /** `calm` for one that people said is to be left alone, whatever is wrong with it. */
  readonly tone: 'good' | 'warn' | 'bad' | 'calm';
  /** The worst first. */
  readonly flaws: readonly Flaw[];
  /** `10.11.6` */
  readonly version: string;
  /** `3 s`; `none` where a replica cannot tell, empty for whoever follows nobody. */
  readonly lag: string;
}

/** What the look depends on beside the instance: its cluster's primary, who has replicas, and from when on lag counts. */
export interface LookView {
  readonly primary: string;
  readonly sources: ReadonlySet<InstanceKey>;
  /** ReasonableReplicationLagSeconds. */
  readonly reasonableLagSeconds: number;
}

export function lookOf(instance: SeenInstance, view: LookView): InstanceLook {
  const role = roleOf(instance, view);
  const rows = flawsOf(instance, role, view);
  const flaws = [...rows.filter(({ tone }) => tone === 'bad'), ...rows.filter(({ tone }) => tone === 'warn')];
  const isLeftAlone = instance.downtime !== null || instance.inMaintenance;
  return {
    role,
    tone: isLeftAlone ? 'calm' : (flaws[0]?.tone ?? 'good'),
    flaws,
    version: /^[\d.]+/.exec(instance.version)?.[0] ?? '',
    lag: lagText(instance),
  };
}

function roleOf({ instance, source }: SeenInstance, { primary, sources }: LookView): InstanceRole {
  if (source === null) return instance === primary || sources.has(instance) ? 'primary' : 'replica';
  if (instance === primary) return 'co-primary';
  return sources.has(instance) ? 'intermediate' : 'replica';
}

function flawsOf(instance: SeenInstance, role: InstanceRole, view: LookView): readonly Flaw[] {
  const { source, ioThread, sqlThread, lagSeconds, error, readOnly } = instance;
  if (!instance.answering)
    return [
      {
        tone: 'bad',
        short: 'no answer',
        says: error ?? `${instance.instance} did not answer when it was last looked at`,
      },
    ];
  const isReplica = role === 'replica' || role === 'intermediate';
  const because = error === null ? '' : `: ${error}`;
  const isLagging = lagSeconds !== null && lagSeconds > view.reasonableLagSeconds;
  const rows: readonly (Flaw | false)[] = [
    source !== null &&
      sqlThread !== 'running' && {
        tone: 'bad',
        short: 'not applying',
        says: `it applies nothing of what it has received${because}`,
      },
    source !== null &&
      ioThread === 'connecting' && {
        tone: 'bad',
        short: 'source lost',
        says: `it cannot reach its source ${source}${because}`,
      },
    source !== null &&
      ioThread !== 'running' &&
      ioThread !== 'connecting' && {
        tone: 'bad',
        short: 'not receiving',
        says: `it receives nothing of ${source}${because}`,
      },
    instance.isReplaced && { tone: 'warn', short: 'replaced', says: 'another is the primary in its place' },
    instance.detachedFrom !== null &&
      source === null && {
        tone: 'warn',
        short: 'detached',
        says: `it was detached from ${instance.detachedFrom}`,
      },
    instance.errantGtid !== '' && {
      tone: 'warn',
      short: 'errant GTID',
      says: `it has transactions that its source has not: ${instance.errantGtid}`,
    },
    isReplica &&
      readOnly === false &&
      source !== null && { tone: 'warn', short: 'takes writes', says: 'it is a replica and takes writes' },
    role === 'primary' &&
      readOnly === true && {
        tone: 'warn',
        short: 'read-only',
        says: 'it is the primary and takes no writes',
      },
    isLagging && { tone: 'warn', short: 'lags', says: `it is ${lagSeconds} s behind its source` },
  ];
  return rows.filter((row) => row !== false);
}

function lagText({ source, lagSeconds }: SeenInstance): string {
  if (source === null) return '';
  return lagSeconds === null ? 'none' : `${lagSeconds} s`;
}
