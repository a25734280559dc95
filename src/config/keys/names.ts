import { aliases, pattern, text, used } from '../key.ts';

/**
 * How clusters and instances are named, and where they stand (orchestrator 3.2.6, section 4). The queries give
 * one row of one column; they are run once a minute over a connection of their own, for a second at most.
 */
export const nameKeys = {
  ClusterNameToAlias: aliases(
    {},
    used,
    'Aliases of clusters: a pattern of the cluster name, host:port, and the alias.',
  ),
  DetectClusterAliasQuery: text(
    '',
    used,
    'A query, run on the primary, that gives the alias of its cluster; it wins over ClusterNameToAlias.',
  ),
  DetectClusterDomainQuery: text(
    '',
    used,
    'A query, run on the primary, that gives the domain name of its cluster.',
  ),
  DetectInstanceAliasQuery: text('', used, 'A query that gives the alias of an instance.'),
  DetectPromotionRuleQuery: text(
    '',
    used,
    'A query that gives the promotion rule of an instance: must, prefer, neutral, prefer_not or must_not.',
  ),
  DetectDataCenterQuery: text('', used, 'A query that gives the data center of an instance.'),
  DetectRegionQuery: text('', used, 'A query that gives the region of an instance.'),
  DetectPhysicalEnvironmentQuery: text('', used, 'A query that gives the environment of an instance.'),
  DetectSemiSyncEnforcedQuery: text(
    '',
    used,
    'A query that gives the priority of an instance among semi-sync replicas: a whole number, 0 for never. Without one, all are alike.',
  ),
  DataCenterPattern: pattern(
    '',
    used,
    'The data center, unless a query gives it: the first group of this pattern in the host name.',
  ),
  RegionPattern: pattern(
    '',
    used,
    'The region, unless a query gives it: the first group of this pattern in the host name.',
  ),
  PhysicalEnvironmentPattern: pattern(
    '',
    used,
    'The environment, unless a query gives it: the first group of this pattern in the host name.',
  ),
} as const;
