import { compareKeys, type InstanceKey } from '../../kernel/instance-key.ts';
import { binlogFormatRank, compareMajorVersions } from '../../topology/compatibility.ts';
import { compareCoordinates } from '../../topology/coordinates.ts';
import { isDelayed, type Server } from '../../topology/observation.ts';
import { type Instance, promotionRules } from '../../topology/snapshot.ts';
import { reachOf } from './backlog.ts';
import { type Candidate, executed, inherited, isErrant } from './candidates.ts';
import { type Contender, fewer } from './contenders.ts';
import { isLate, type PromotionRules } from './promotion-rules.ts';

/** What contenders are held against. */
export interface Standard {
  readonly failed: Instance | null;
  readonly rules: PromotionRules;
  /** What most replicas have, the older or smaller where as many have another. */
  readonly major: Pick<Server, 'version' | 'binlogFormat'>;
}

/** A rule of preference: negative where `a` is the better one. `because` says why of `best`, the better one. */
interface Preference {
  readonly because: (other: InstanceKey, best: Contender) => string;
  readonly compare: (a: Contender, b: Contender, standard: Standard) => number;
}

/**
 * The order of preference, first difference wins. Each rule ranks a contender by itself, so the whole is a strict order,
 * made one by the key. That nothing received is lost comes before everything, for it cannot be had again once the
 * source is dead. Whoever suits better may have received less where another can give it the rest (orchestrator 3.2.6,
 * section 3.4). What follows is orchestrator's sorting (section 3.3), but for whoever would bring what nobody else
 * has (docs/decisions/0009).
 */
const preferences: readonly Preference[] = [
  {
    because: (other, { donor }) =>
      donor === null
        ? `has received more than ${other}`
        : `can get more of what others have received than ${other}`,
    compare: (a, b) => fewer(b.lacking, a.lacking) || a.behind - b.behind,
  },
  {
    because: (other) => `has nothing to apply that waits on purpose, unlike ${other}`,
    compare: (a, b, { rules }) => Number(isLate(a, rules)) - Number(isLate(b, rules)),
  },
  {
    because: (other) => `has no newer version and no larger binlog format than most, unlike ${other}`,
    compare: (a, b, { major }) => Number(isAbove(a.server, major)) - Number(isAbove(b.server, major)),
  },
  {
    because: (other) => `has a better promotion rule than ${other}`,
    compare: (a, b) => ruleRank(a.instance) - ruleRank(b.instance),
  },
  {
    because: (other) => `is in the data centre and environment of the failed primary, unlike ${other}`,
    compare: (a, b, { failed }) => wishedElsewhere(a, failed) - wishedElsewhere(b, failed),
  },
  {
    because: (other) => `has received more than ${other}`,
    compare: (a, b) => fewer(inherited(a), inherited(b)),
  },
  {
    because: (other) => `has no transactions of its own, unlike ${other}`,
    compare: (a, b) => Number(isErrant(a)) - Number(isErrant(b)),
  },
  {
    because: (other) => `has applied more than ${other}`,
    compare: (a, b) => appliedLess(a.server, b.server) || fewer(appliedOf(a), appliedOf(b)),
  },
  {
    because: (other) => `is in the data centre and environment of the failed primary, unlike ${other}`,
    compare: (a, b, { failed }) => Number(isElsewhere(a, failed)) - Number(isElsewhere(b, failed)),
  },
  {
    because: (other) => `does not lag on purpose, unlike ${other}`,
    compare: (a, b) => Number(isDelayed(a.server)) - Number(isDelayed(b.server)),
  },
  {
    because: (other) => `has an older version than ${other}`,
    compare: (a, b) => compareMajorVersions(a.server, b.server),
  },
  {
    because: (other) => `has a smaller binlog format than ${other}`,
    compare: (a, b) => binlogFormatRank(a.server) - binlogFormatRank(b.server),
  },
  {
    because: (other) => `is as good as ${other}, and comes first by name`,
    compare: (a, b) => compareKeys(a.instance.key, b.instance.key),
  },
];

/** How `a` stands to `b`, negative where it is the better one, and the sentence's end that says why it then is. */
export function prefer(
  a: Contender,
  b: Contender,
  standard: Standard,
): { readonly order: number; readonly because: string } {
  for (const { because, compare } of preferences) {
    const order = compare(a, b, standard);
    if (order !== 0) return { order, because: because(b.instance.key, a) };
  }
  return { order: 0, because: `is the same as ${b.instance.key}` };
}

/** The version and the format of most; of two that as many have, the older and the smaller (orchestrator 3.2.6, section 3.3). */
export function majorityOf(reached: readonly Candidate[]): Standard['major'] {
  const servers = reached.map(({ server }) => server);
  return {
    version: mostOf(servers, compareMajorVersions)?.version ?? '',
    binlogFormat: mostOf(servers, (a, b) => binlogFormatRank(a) - binlogFormatRank(b))?.binlogFormat ?? '',
  };
}

function mostOf(servers: readonly Server[], compare: (a: Server, b: Server) => number): Server | null {
  const alike = (one: Server) => servers.filter((other) => compare(one, other) === 0).length;
  const [first] = servers.toSorted((a, b) => alike(b) - alike(a) || compare(a, b));
  return first ?? null;
}

/** The others could not follow it. */
function isAbove(server: Server, major: Standard['major']): boolean {
  return compareMajorVersions(server, major) > 0 || binlogFormatRank(server) > binlogFormatRank(major);
}

function appliedOf(one: Contender) {
  return inherited(one, executed(one.server));
}

/** Without GTID; 0 with it. */
function appliedLess(a: Server, b: Server): number {
  const [left, right] = [reachOf(a), reachOf(b)];
  return left === null || right === null ? 0 : compareCoordinates(right.applied, left.applied);
}

function ruleRank({ promotionRule }: Instance): number {
  return promotionRules.indexOf(promotionRule);
}

function isElsewhere({ instance }: Candidate, failed: Instance | null): boolean {
  return (
    failed !== null &&
    (instance.dataCenter !== failed.dataCenter || instance.environment !== failed.environment)
  );
}

/** Of those that should be promoted, the near one should even where it has to fetch something first. */
function wishedElsewhere(one: Contender, failed: Instance | null): number {
  const isWished = ['must', 'prefer'].includes(one.instance.promotionRule);
  return isWished && isElsewhere(one, failed) ? 1 : 0;
}
