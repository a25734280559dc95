import type { Calls, TrackScript } from '../conf/conf.ts';
import type { RolePlan } from '../role/plan.ts';

/** Which age of keepalived: 1.2 is the seed's, 2.x what distributions have had since 2018. */
export type Profile = '2.x' | '1.2';

/** What one keepalived process is made to be. */
export interface RouterPlan {
  readonly id: string;
  readonly profile: Profile;
  readonly instances: readonly InstancePlan[];
  readonly groups: readonly GroupPlan[];
  readonly scripts: readonly ScriptPlan[];
  /** Mails are sent `from` and `to`; null where there are none. */
  readonly mail: MailPlan | null;
}

export interface MailPlan {
  readonly routerId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly server: string | null;
  readonly faults: boolean;
}

export interface InstancePlan {
  readonly name: string;
  readonly routerId: number;
  readonly interface: string;
  /** `dont_track_primary`. */
  readonly ignoresOwnInterface: boolean;
  readonly role: RolePlan;
  readonly trackers: readonly Tracker[];
  readonly calls: Calls;
  readonly mails: boolean;
}

export interface GroupPlan {
  readonly name: string;
  readonly members: readonly string[];
  readonly calls: Calls;
  readonly mails: boolean;
}

/** One thing that an instance tracks. Weight 0: bad means FAULT. */
export interface Tracker {
  readonly kind: 'script' | 'interface' | 'file';
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
}

export type ScriptPlan = Pick<
  TrackScript,
  'name' | 'command' | 'intervalSeconds' | 'timeoutSeconds' | 'rise' | 'fall'
>;

export const noCalls: Calls = {
  master: null,
  backup: null,
  fault: null,
  stop: null,
  deleted: null,
  masterRxLowerPri: null,
  any: null,
};
