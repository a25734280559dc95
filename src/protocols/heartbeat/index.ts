/**
 * The door of Heartbeat, `baton/heartbeat`: the packets of Linux-HA Heartbeat, signed and read, and what its messages
 * say. All of it is pure: bytes in, values out.
 */

export type { Key, KeyRing, Method, Signature } from './codec/keys.ts';
export {
  encodePacket,
  type Framing,
  type Layout,
  mostBytes,
  type Packet,
  type Parsed,
  parsePacket,
  type Verdict,
  verifyPacket,
} from './codec/packet.ts';
export { type Envelope, envelopeIn, sealed } from './envelope.ts';
export { readAuthkeys } from './files/authkeys.ts';
export { type Complaint, complaintText } from './files/complaint.ts';
export { readHaCf } from './files/ha-cf.ts';
export type { HaConf, LinkPlan } from './files/ha-conf.ts';
export { readHaresources, type Resource, type ResourceGroup } from './files/haresources.ts';
export {
  bytes,
  bytesIn,
  decimal,
  decimalIn,
  type Field,
  fieldKinds,
  type FieldKind,
  hex,
  hexIn,
  type Message,
  text,
  textIn,
} from './message.ts';
export type { Act, Moment, SessionPlan, Standing } from './session/plan.ts';
export { Session } from './session/session.ts';
export { fieldsOf, type Holding, type NodeState, type Said } from './said.ts';
export { saidIn } from './said-in.ts';
