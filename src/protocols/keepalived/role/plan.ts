/** What a VRRP instance is made to be: the part of its configuration that decides when it is what. */
export interface RolePlan {
  readonly version: 2 | 3;
  /** The configured one, 1 to 255. */
  readonly priority: number;
  readonly advertMs: number;
  /** `state MASTER`: it does not wait for three adverts at its start. */
  readonly startsAsMaster: boolean;
  readonly nopreempt: boolean;
  readonly preemptDelayMs: number;
  /** How many adverts must be missing (`down_timer_adverts`). */
  readonly downAdverts: number;
  /** Whether a change of its priority is told (`notify_priority_changes`). */
  readonly tellsPriority: boolean;
  /** Stands for the router's address where two have one priority: the higher one wins. */
  readonly address: number;
  /** A member of a sync group waits for the others before it leaves FAULT. */
  readonly isGrouped: boolean;
}

/** Where an instance stands. `holding`: a script without weight has not run yet. `transition`: only in 1.2. */
export type Role = 'initial' | 'holding' | 'backup' | 'transition' | 'master' | 'fault' | 'stopped';

export interface RoleState {
  readonly role: Role;
  /** What was configured and all that trackers add, not clamped. */
  readonly total: number;
  /** What is advertised. */
  readonly priority: number;
  /** How many trackers without weight are bad. */
  readonly faults: number;
  /** How many scripts without weight have not run yet. */
  readonly untried: number;
  /** When it does something by itself, on the caller's clock. */
  readonly dueAtMs: number | null;
  /** How often the master advertises, as a version 3 one says; else our own. */
  readonly masterAdvertMs: number;
  /** Until when lower adverts are obeyed (`preempt_delay`). */
  readonly preemptAtMs: number | null;
  /** A member of a sync group whose master fell silent, while the others' did not yet; in 1.2 one that goes into FAULT next. */
  readonly isWilling: boolean;
}

/** What happens to an instance. */
export type RoleEvent =
  /** The process started; how its trackers stand then, and where its sync group keeps it. */
  | {
      readonly type: 'start';
      readonly faults: number;
      readonly untried: number;
      readonly bonus: number;
      readonly group: 'fault' | 'holding' | null;
    }
  /** `dueAtMs` has come. */
  | { readonly type: 'due' }
  | {
      readonly type: 'advert';
      readonly priority: number;
      readonly address: number;
      readonly advertMs: number;
    }
  /** A weighted tracker adds so much more than before. */
  | { readonly type: 'weigh'; readonly by: number }
  /** A tracker without weight went bad. */
  | { readonly type: 'failed' }
  /** A tracker without weight is good again. */
  | { readonly type: 'mended' }
  /** A script without weight ran for the first time. */
  | { readonly type: 'tried'; readonly isGood: boolean }
  /** Its sync group goes there, and it goes along. */
  | { readonly type: 'join'; readonly role: 'backup' | 'master' | 'fault' }
  /** Its group waits for others before it is master. */
  | { readonly type: 'wait' }
  /** Only in 1.2, once every advert interval: what trackers add is summed up. */
  | { readonly type: 'sum' }
  | { readonly type: 'stop' };

/** States as scripts, the FIFO and mails name them. */
export type ToldState =
  | 'MASTER'
  | 'BACKUP'
  | 'FAULT'
  | 'STOP'
  | 'DELETED'
  | 'MASTER_RX_LOWER_PRI'
  | 'MASTER_PRIORITY'
  | 'BACKUP_PRIORITY';

/** What an instance does, in the order in which it does it. */
export type RoleAct =
  | { readonly act: 'advertise'; readonly priority: number }
  | { readonly act: 'addresses'; readonly held: boolean }
  | { readonly act: 'tell'; readonly state: ToldState; readonly priority: number };

export interface RoleStep {
  readonly state: RoleState;
  readonly acts: readonly RoleAct[];
}

/** Before its process starts. */
export function initialRole(plan: RolePlan): RoleState {
  return {
    role: 'initial',
    total: plan.priority,
    priority: plan.priority,
    faults: 0,
    untried: 0,
    dueAtMs: null,
    masterAdvertMs: plan.advertMs,
    preemptAtMs: null,
    isWilling: false,
  };
}
