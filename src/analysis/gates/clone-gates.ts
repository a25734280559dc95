import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Gate } from './gates.ts';

/** What one of the two says that a copy depends on. */
export interface CloneSide {
  readonly flavour: 'mariadb' | 'mysql' | 'percona';
  readonly version: string;
  /** Whether the plugin `clone` is active there. */
  readonly isActive: boolean;
}

/** What decides whether a server can be made a copy of another. */
export interface CloneFacts {
  readonly recipient: CloneSide & {
    /** Privileges that Baton's account lacks there, as one would grant them. */
    readonly lacks: readonly string[];
  };
  readonly donor: CloneSide & { readonly leads: boolean };
  /** With what the recipient signs in to the donor; why it cannot, or null where nobody has seen to it. */
  readonly account: {
    readonly user: string;
    readonly mayBackUp: boolean | null;
    readonly because: string | null;
  };
}

/** Who starts a server again that stops when it has been made a copy (CloneRestartedBy). */
export type RestartedBy = 'nobody' | 'itself' | 'supervisor';

const install = "INSTALL PLUGIN clone SONAME 'mysql_clone.so'";

/**
 * Whether a server can be built anew by MySQL's own CLONE INSTANCE. MySQL sees to the rest itself before it drops anything:
 * platform, character sets, page size, plugins.
 */
export function cloneGates(
  who: { readonly instance: InstanceKey; readonly donor: InstanceKey },
  { recipient, donor, account }: CloneFacts,
  restartedBy: RestartedBy,
): readonly Gate[] {
  const gate = (name: string, open: boolean, because: string): Gate => ({ gate: name, open, because });
  const unlike = whyNotAlike(who, recipient, donor);
  if (unlike !== null) return [gate('clone', false, unlike)];
  const inactive = [...(recipient.isActive ? [] : [who.instance]), ...(donor.isActive ? [] : [who.donor])];
  const { lacks } = recipient;
  return [
    gate('clone', true, `both are MySQL, ${recipient.version} and ${donor.version}`),
    gate(
      'donor',
      donor.leads,
      donor.leads
        ? `${who.donor} replicates from nobody`
        : `${who.donor} replicates from another, and its copy would too: it does not lead the cluster`,
    ),
    gate(
      'plugin',
      inactive.length === 0,
      inactive.length === 0
        ? 'the plugin clone is active on both'
        : `the plugin clone is not active on ${inactive.join(' and ')}: ${install} there`,
    ),
    gate(
      'privileges',
      lacks.length === 0,
      lacks.length === 0
        ? `Baton's account may have ${who.instance} copy another`
        : `Baton's account lacks ${lacks.join(', ')} on ${who.instance}: grant it there`,
    ),
    gate('account', account.mayBackUp !== false && account.user !== '', accountWords(who.donor, account)),
    gate('restart', restartedBy !== 'nobody', restartWords[restartedBy](who.instance)),
  ];
}

/** MySQL copies within one series: 8.0 from 8.0.17 on, of one and the same version before 8.0.37. */
function whyNotAlike(
  { instance, donor: from }: { readonly instance: InstanceKey; readonly donor: InstanceKey },
  recipient: CloneSide,
  donor: CloneSide,
): string | null {
  const maria = recipient.flavour === 'mariadb' ? instance : donor.flavour === 'mariadb' ? from : null;
  if (maria !== null)
    return `${maria} is MariaDB, which has no CLONE: set RebuildBy to "command", and a RebuildCommand`;
  const [one, other] = [numbersOf(recipient.version), numbersOf(donor.version)];
  const old = !atLeast(one, [8, 0, 17]) ? instance : !atLeast(other, [8, 0, 17]) ? from : null;
  if (old !== null) return `${old} is older than MySQL 8.0.17, the first that has CLONE`;
  const isStrict = !atLeast(one, [8, 0, 37]) || !atLeast(other, [8, 0, 37]);
  const counted = isStrict ? 3 : 2;
  if (one.slice(0, counted).join('.') === other.slice(0, counted).join('.')) return null;
  const what = isStrict ? 'one and the same version before 8.0.37' : 'one series';
  return `${instance} is MySQL ${recipient.version} and ${from} is ${donor.version}: CLONE wants ${what}`;
}

/** `8.0.36-28` as its three numbers. */
function numbersOf(version: string): readonly number[] {
  return version.split(/[.-]/, 3).map(Number);
}

function atLeast(have: readonly number[], wanted: readonly number[]): boolean {
  const at = wanted.findIndex((want, place) => (have[place] ?? 0) !== want);
  return at === -1 || (have[at] ?? 0) > (wanted[at] ?? 0);
}

function accountWords(donor: InstanceKey, { user, mayBackUp, because }: CloneFacts['account']): string {
  if (user === '') return because ?? 'there is no account to copy with: set CloneUser and ClonePassword';
  if (mayBackUp === true) return `${user} may copy ${donor}`;
  if (mayBackUp === null)
    return `nobody has seen whether ${user} may copy ${donor} (${because}); MySQL looks before it drops anything`;
  return `${user} may not copy ${donor}: GRANT BACKUP_ADMIN ON *.* to it there, or set CloneUser and ClonePassword`;
}

const restartWords: Record<RestartedBy, (instance: InstanceKey) => string> = {
  nobody: (instance) =>
    `${instance} stops when it has been made a copy, unless systemd or mysqld_safe manages it: say in CloneRestartedBy who starts it`,
  itself: (instance) => `${instance} restarts by itself`,
  supervisor: (instance) => `${instance} stops then, and its supervisor starts it`,
};
