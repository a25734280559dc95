import type { Attributes } from './xml.ts';

/** One element on the way from a message's root to something in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Attributes;
  /** From 0 among the elements of its parent. */
  readonly place: number;
}

/** An `lrm_rsc_op` of a message's diff, whether anybody is to be told of it or not; the readings say that. */
export interface Operation {
  /** A patchset (format 2) only names what it removes, so its operations are all added. */
  readonly side: 'added' | 'removed';
  /** From the root to the operation itself, which is the last. */
  readonly path: readonly Element[];
}

/** The attributes of a node_state that say whether a node is a member of the cluster. */
export const membershipAttributes = ['in_ccm', 'crmd', 'join', 'expected'] as const;
export type MembershipAttribute = (typeof membershipAttributes)[number];

/** A node_state whose membership is not what it was. */
export interface NodeStateChange {
  /** All of its attributes, as they are now. */
  readonly attributes: Attributes;
  /** Which of them changed: format 1 cannot tell one that is new from one that stayed. At least one. */
  readonly changed: readonly MembershipAttribute[];
}

/** What a notification of the CIB (`<notify>`) says, in either format of its diff. */
export interface Message {
  /** Null where the diff names none, or where there is no diff. */
  readonly format: 1 | 2 | null;
  readonly operations: readonly Operation[];
  readonly nodes: readonly NodeStateChange[];
}
