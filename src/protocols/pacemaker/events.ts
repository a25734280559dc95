import type { MembershipAttribute } from './message.ts';

/** What a resource agent was asked to do on a node, and what came of it. */
export interface OperationEvent {
  readonly kind: 'operation';
  /** A `removed` one was there before the change and is not, or not so, any more. */
  readonly side: 'added' | 'removed';
  /** A name, or the number that stands for it where the message has no name. */
  readonly node: string;
  readonly resource: string;
  readonly task: string;
  /** Of the execution, as in exec-status.ts; what the agent returned counts only where it is 0. */
  readonly status: number;
  /** What the agent returned, as in ocf.ts. */
  readonly rc: number;
  /** What it was meant to return. */
  readonly targetRc: number;
  /** Pacemaker's text for all this; it differs from release to release. */
  readonly description: string;
}

/** Whether a node is a member of the cluster, after something of that changed. */
export interface NodeStateEvent {
  readonly kind: 'node-state';
  readonly id: string;
  /** Its name; its id where the message has no name. */
  readonly node: string;
  readonly state: NodeState;
  readonly changed: readonly MembershipAttribute[];
}

/** Null: the message does not say, or says it in a word that is unknown. */
export interface NodeState {
  /** The membership layer counts it in (in_ccm). */
  readonly member: boolean | null;
  /** Its controller takes part in the cluster (crmd). */
  readonly online: boolean | null;
  /** Since when, in seconds of the epoch; releases before 2.1.7 do not say it. */
  readonly memberSince: number | null;
  readonly onlineSince: number | null;
  /** How far it has come into the cluster: `member`, `down`, or a word in between. */
  readonly join: string | null;
  /** What the cluster expects of it: `member`, or `down`. */
  readonly expected: string | null;
  /** Which of Pacemaker's functions wrote this (crm-debug-origin). */
  readonly origin: string | null;
}

export type PacemakerEvent = OperationEvent | NodeStateEvent;
