import { aliases, missed, notYet, pattern, text, used } from '../key.ts';

const rules = missed('Promotion rules are not read yet: every replica is neutral, must_not is not known.');
const place = notYet('A successor is chosen without regard to where it is.');

/** How clusters and instances are named, and where they stand (orchestrator 3.2.6, section 4). */
export const nameKeys = {
  ClusterNameToAlias: aliases(
    {},
    used,
    'Aliases of clusters: a pattern of the cluster name, host:port, and the alias.',
  ),
  DetectClusterAliasQuery: text(
    '',
    missed(
      'A cluster has the alias that ClusterNameToAlias gives it, or none; filters and hooks see that one.',
    ),
    'A query, run on the primary, that gives the alias of its cluster.',
  ),
  DetectClusterDomainQuery: text(
    '',
    notYet('The domain of a cluster stays empty for hooks.'),
    'A query, run on the primary, that gives the domain name of its cluster.',
  ),
  DetectInstanceAliasQuery: text(
    '',
    notYet('The alias of an instance stays empty for hooks.'),
    'A query that gives the alias of an instance.',
  ),
  DetectPromotionRuleQuery: text('', rules, 'A query that gives the promotion rule of an instance.'),
  DetectDataCenterQuery: text('', place, 'A query that gives the data center of an instance.'),
  DetectRegionQuery: text('', place, 'A query that gives the region of an instance.'),
  DetectPhysicalEnvironmentQuery: text('', place, 'A query that gives the environment of an instance.'),
  DetectSemiSyncEnforcedQuery: text(
    '',
    notYet('Semi-sync is what the server’s own variables say.'),
    'A query that says whether, and with which priority, semi-sync is enforced on an instance.',
  ),
  DataCenterPattern: pattern('', place, 'The data center: the first group of this pattern in the host name.'),
  RegionPattern: pattern('', place, 'The region: the first group of this pattern in the host name.'),
  PhysicalEnvironmentPattern: pattern(
    '',
    place,
    'The environment: the first group of this pattern in the host name.',
  ),
} as const;
