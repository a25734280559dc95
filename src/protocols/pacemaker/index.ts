/**
 * The door of Pacemaker, `baton/pacemaker`: what a cluster's notifications say of its resources and of its nodes, as
 * crm_mon's external agent is told and as crm_mon does not tell it. All of it is pure: texts in, values out.
 */

export { environmentOf, nodeEnvironmentOf, signalEnvironmentOf } from './environment.ts';
export type { NodeState, NodeStateEvent, OperationEvent, PacemakerEvent } from './events.ts';
export { execStatusText } from './exec-status.ts';
export {
  decodeTransitionKey,
  decodeTransitionMagic,
  type TransitionKey,
  transitionKeyText,
  type TransitionMagic,
  transitionMagicText,
} from './magic.ts';
export { type Classification, Membership } from './membership.ts';
export type { Element, MembershipAttribute, Message, NodeStateChange, Operation } from './message.ts';
export { decodeMessage, MessageReader } from './message-reader.ts';
export { MessageSplitter } from './message-splitter.ts';
export { nodeStateEvents } from './node-state.ts';
export { ocfText } from './ocf.ts';
export { type OperationKey, parseOperationKey } from './operation-key.ts';
export { readAsCrmMon } from './readings/crm-mon.ts';
export { readAsSeed } from './readings/seed.ts';
export { type Release, usualRelease } from './release.ts';
export { bySequence, ToldBefore } from './same-signal.ts';
export {
  type AttributeSignal,
  type FencingSignal,
  type NodeSignal,
  type ResourceSignal,
  type Signal,
  signalOf,
  signalVariables,
} from './signals.ts';
export { type Attributes, usualBounds, type XmlBounds } from './xml.ts';
