import type { Config } from '../../config/keys.ts';
import { BatonError, errorTable, messageOf } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Access } from '../../mysql/access.ts';
import { lackedPrivileges } from '../../mysql/grants.ts';
import { Inquiry } from '../../mysql/inquiry.ts';
import { topologyGrants } from '../../sandbox/accounts.ts';
import type { Flavour } from '../../sandbox/server-package.ts';

/** What one server says of itself and of Baton's account on it. */
export interface Visit {
  readonly key: InstanceKey;
  /** Null where it could not be asked. */
  readonly met: Met | null;
  /** Why it could not be asked, and what to do about it; null where it could. */
  readonly error: { readonly text: string; readonly fix: string } | null;
}

export interface Met {
  readonly flavour: Flavour;
  readonly version: string;
  /** `baton@10.0.%`, as the server let us in. */
  readonly account: string;
  /** Of the privileges that Baton needs there. */
  readonly lacks: readonly string[];
  /** By how much its clock is ahead of this machine's; negative where it is behind. */
  readonly clockAheadMs: number;
  /** What it said to the operator's own queries that it refused, by the key that holds them. */
  readonly refusedQueries: ReadonlyMap<string, string>;
}

/** Without an answer for so long a server counts as one that cannot be asked. */
const answerMs = 5_000;

const asking = 'SELECT VERSION() version, CURRENT_USER() account, UTC_TIMESTAMP(6) moment';

/** Signs in as Baton and asks; changes nothing. */
export async function visit(key: InstanceKey, config: Config, access: Access): Promise<Visit> {
  const inquiry = new Inquiry(key, access);
  try {
    await inquiry.value('SELECT 1', answerMs);
    const asked = Date.now();
    const row = await inquiry.row(asking, answerMs);
    const halfway = (asked + Date.now()) / 2;
    const { version, account, moment } = row as Record<string, string>;
    const flavour = String(version).includes('MariaDB') ? 'mariadb' : 'mysql';
    const grants = await inquiry.rows('SHOW GRANTS', answerMs);
    const met: Met = {
      flavour,
      version: String(version),
      account: String(account),
      lacks: lackedPrivileges(wantedOn(flavour, config), {
        flavour,
        version: String(version),
        grants: grants.map((one) => String(Object.values(one)[0])),
      }),
      clockAheadMs: Math.round(Date.parse(`${String(moment).replace(' ', 'T')}Z`) - halfway),
      refusedQueries: await refusedQueries(inquiry, config),
    };
    return { key, met, error: null };
  } catch (error) {
    const { fix } = errorTable[error instanceof BatonError ? error.code : 'server-unreachable'];
    return { key, met: null, error: { text: messageOf(error), fix } };
  } finally {
    inquiry.close();
  }
}

/** What a failover takes, and what a rebuild by copying takes where that is configured. */
function wantedOn(flavour: Flavour, { RebuildBy }: Config): readonly string[] {
  const always = topologyGrants[flavour].map(({ privilege }) => privilege);
  return RebuildBy === 'clone' && flavour === 'mysql' ? [...always, 'CLONE_ADMIN'] : always;
}

/** The keys whose queries are the operator's own and are run on every server. */
const queryKeys = [
  'ReplicationLagQuery',
  'DetectInstanceAliasQuery',
  'DetectPromotionRuleQuery',
  'DetectDataCenterQuery',
  'DetectRegionQuery',
  'DetectPhysicalEnvironmentQuery',
  'DetectSemiSyncEnforcedQuery',
  'DetectClusterAliasQuery',
  'DetectClusterDomainQuery',
] as const;

async function refusedQueries(inquiry: Inquiry, config: Config): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  for (const name of queryKeys) {
    if (config[name] === '') continue;
    await inquiry.value(config[name], answerMs).catch((error: unknown) => {
      refused.set(name, messageOf(error));
    });
  }
  return refused;
}
