import { type Field, fieldKinds, type Message } from '../message.ts';
import { checkName } from './check-name.ts';
import type { Signature } from './keys.ts';
import type { Packet } from './packet.ts';
import { parseSignature, signatureText } from './signature.ts';
import { utf8 } from './utf8.ts';
import { Unreadable } from './unreadable.ts';

/*
 * `###\n`, then each field as `<length>:(<kind>)<name>=<value>,`, then `%%%\n`, then `<length>:<key> <digest>,`. The
 * signature is for all that is before it. Lengths are decimal, in bytes; there is no NUL and no line break at the end.
 */
const head = '###\n';
const tail = '%%%\n';

/** Its bytes are text of latin1, one character each: what is not ASCII is turned into its UTF-8 first. */
export function netstringBody(message: Message, inside: Signature | null): Uint8Array {
  let body = head;
  for (const field of message) body += fieldOnWire(field);
  if (inside !== null) body += netstring(`(0)auth=${signatureText(inside)}`);
  return Buffer.from(body + tail, 'latin1');
}

export function netstringPacket(body: Uint8Array, signature: Signature): Uint8Array {
  return Buffer.concat([body, Buffer.from(netstring(signatureText(signature)), 'latin1')]);
}

function fieldOnWire({ name, kind, value }: Field): string {
  checkName(name);
  const held = typeof value === 'string' ? utf8.onWire(value) : Buffer.from(value).toString('latin1');
  return netstring(`(${fieldKinds.indexOf(kind)})${utf8.onWire(name)}=${held}`);
}

function netstring(held: string): string {
  return `${held.length}:${held},`;
}

export function parseNetstring(buffer: Buffer): Packet {
  const wire = buffer.toString('latin1');
  const message: Field[] = [];
  let at = head.length;
  while (!wire.startsWith(tail, at)) {
    const { from, to } = spanAt(wire, at);
    message.push(fieldAt(wire, buffer, from, to));
    at = to + 1;
  }
  const end = at + tail.length;
  const { from, to } = spanAt(wire, end);
  if (to + 1 !== wire.length) throw new Unreadable('something follows its signature');
  return {
    framing: 'netstring',
    ...withoutInside(message),
    signature: parseSignature(wire.slice(from, to)),
    signed: buffer.subarray(0, end),
  };
}

/** Where what a length announces begins and ends. */
function spanAt(wire: string, at: number): { readonly from: number; readonly to: number } {
  // A length of more digits than six is beyond what may travel at all.
  const colon = wire.slice(at, at + 7).indexOf(':');
  const digits = wire.slice(at, at + colon);
  if (colon < 1 || !/^\d+$/.test(digits)) throw new Unreadable(`no length stands at byte ${at}`);
  const from = at + colon + 1;
  const to = from + Number(digits);
  if (wire[to] !== ',') throw new Unreadable(`the length at byte ${at} does not end where it says`);
  return { from, to };
}

function fieldAt(wire: string, buffer: Buffer, from: number, to: number): Field {
  const kind = fieldKinds[wire.charCodeAt(from + 1) - 48];
  const equals = wire.indexOf('=', from + 3);
  const isSound = wire[from] === '(' && wire[from + 2] === ')' && equals > from + 3 && equals < to;
  if (!isSound || kind === undefined) throw new Unreadable(`no field stands at byte ${from}`);
  const name = utf8.textOf(wire, buffer, from + 3, equals);
  if (kind === 'text') return { name, kind, value: utf8.textOf(wire, buffer, equals + 1, to) };
  // Its own bytes: a caller may keep a field for long, and the packet is as large as a datagram.
  return { name, kind, value: Uint8Array.from(buffer.subarray(equals + 1, to)) };
}

/** Only what is last is the signature inside: a field of that name elsewhere is anybody's. */
function withoutInside(message: readonly Field[]): Pick<Packet, 'message' | 'inside'> {
  const last = message.at(-1);
  if (last?.name !== 'auth' || last.kind !== 'text') return { message, inside: null };
  return { message: message.slice(0, -1), inside: parseSignature(last.value) };
}
