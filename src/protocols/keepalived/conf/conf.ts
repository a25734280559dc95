import type { Command, Owner } from './command.ts';
import type { Complaint, Place } from './complaint.ts';
import type { Entry } from './tree.ts';

/** The parts of a keepalived.conf that decide which script runs when; all else is kept as it is written. */
export interface KeepalivedConf {
  readonly global: GlobalDefs;
  readonly scripts: readonly TrackScript[];
  readonly files: readonly TrackFile[];
  readonly instances: readonly VrrpInstance[];
  readonly groups: readonly SyncGroup[];
  /** Blocks and keys that are none of ours. */
  readonly others: readonly Entry[];
  readonly complaints: readonly Complaint[];
}

export interface GlobalDefs {
  readonly routerId: string | null;
  readonly version: 2 | 3;
  /** Whom scripts run as that name nobody; null where it says nothing. */
  readonly scriptUser: Owner | null;
  readonly scriptSecurity: boolean;
  readonly notifyFifo: string | null;
  readonly vrrpNotifyFifo: string | null;
  readonly notifyPriorityChanges: boolean;
  readonly smtpAlert: boolean;
  readonly noEmailFaults: boolean;
  /** As `host`, or `host port`. */
  readonly smtpServer: string | null;
  readonly mailFrom: string | null;
  readonly mailTo: readonly string[];
}

export interface TrackScript extends Place {
  readonly name: string;
  readonly command: Command | null;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly weight: number;
  readonly reverse: boolean;
  readonly rise: number;
  readonly fall: number;
  readonly initFail: boolean;
}

export interface TrackFile extends Place {
  readonly name: string;
  readonly path: string | null;
  readonly weight: number;
  readonly reverse: boolean;
  /** Written where there is no file, or always. */
  readonly init: { readonly value: number; readonly overwrite: boolean } | null;
}

/** A line of track_script, track_interface or track_file; null where it names no weight of its own. */
export interface Tracked extends Place {
  readonly kind: 'script' | 'interface' | 'file';
  readonly name: string;
  readonly weight: number | null;
  readonly reverse: boolean | null;
}

/** What is run, by the state that it is run for; `any` is `notify`. */
export interface Calls {
  readonly master: Command | null;
  readonly backup: Command | null;
  readonly fault: Command | null;
  readonly stop: Command | null;
  readonly deleted: Command | null;
  readonly masterRxLowerPri: Command | null;
  readonly any: Command | null;
}

export interface VrrpInstance extends Place {
  readonly name: string;
  readonly interface: string;
  readonly routerId: number;
  readonly priority: number;
  readonly version: 2 | 3;
  readonly advertSeconds: number;
  readonly startsAsMaster: boolean;
  readonly nopreempt: boolean;
  readonly preemptDelaySeconds: number;
  readonly downAdverts: number;
  readonly ignoresOwnInterface: boolean;
  readonly notifyPriorityChanges: boolean | null;
  readonly smtpAlert: boolean | null;
  readonly tracked: readonly Tracked[];
  readonly calls: Calls;
  /** As they are written, one a line. */
  readonly addresses: readonly string[];
}

export interface SyncGroup extends Place {
  readonly name: string;
  readonly members: readonly string[];
  readonly tracked: readonly Tracked[];
  readonly trackingWeight: boolean;
  readonly notifyPriorityChanges: boolean | null;
  readonly smtpAlert: boolean | null;
  readonly calls: Calls;
}
