import type { Message } from '../message.ts';
import { digestOf, sameDigest } from './digest.ts';
import { parseClassic, classicBody, classicPacket } from './classic.ts';
import type { KeyRing, Signature } from './keys.ts';
import { netstringBody, netstringPacket, parseNetstring } from './netstring.ts';
import { Unreadable } from './unreadable.ts';

/** How a message is laid into a packet. `netstring`: what the real daemon sends since 2012. `classic`: what it sent before, and still takes. */
export type Framing = 'netstring' | 'classic';

/** A packet that is taken apart; nobody has looked yet whether its signature is right. */
export interface Packet {
  readonly framing: Framing;
  readonly message: Message;
  readonly signature: Signature;
  /** The bytes that the signature is for. */
  readonly signed: Uint8Array;
  /** Within netstring packets: a signature of the classic text, which the real daemon adds and nobody checks. */
  readonly inside: Signature | null;
}

export type Parsed =
  | { readonly ok: true; readonly packet: Packet }
  | { readonly ok: false; readonly because: string };
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly because: string };

/** What the real daemon takes at most (cluster-glue 1.0.12). */
export const mostBytes = 256 * 1_024;

export interface Layout {
  readonly framing: Framing;
  /** Whether a netstring packet carries the signature of its classic text, too, as the real daemon does with `msgfmt classic`. */
  readonly inside: boolean;
}

/** Signed with the active key. Throws where the message cannot travel so: a name with `=`, a line break in a classic text. */
export function encodePacket(message: Message, { active }: KeyRing, { framing, inside }: Layout): Uint8Array {
  const sign = (signed: string | Uint8Array) => ({ key: active.number, digest: digestOf(signed, active) });
  if (framing === 'classic') {
    const body = classicBody(message);
    return classicPacket(body, sign(body));
  }
  const body = netstringBody(message, inside ? sign(classicBody(message)) : null);
  return netstringPacket(body, sign(body));
}

/** Takes a packet apart by its lengths. It never throws, whatever the bytes. */
export function parsePacket(bytes: Uint8Array): Parsed {
  try {
    if (bytes.length > mostBytes) throw new Unreadable(`it is longer than ${mostBytes} bytes`);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const head = buffer.toString('latin1', 0, 4);
    if (head === '###\n') return { ok: true, packet: parseNetstring(buffer) };
    if (head === '>>>\n') return { ok: true, packet: parseClassic(buffer) };
    throw new Unreadable('it begins like neither framing');
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, because: error.message };
    throw error;
  }
}

/**
 * Whether the signature is right for the key of its number. The real daemon (3.0.6) takes the method of that number and
 * the secret of its own active key for netstring packets, so all nodes change their active key together.
 */
export function verifyPacket({ signature, signed }: Packet, ring: KeyRing): Verdict {
  const key = ring.all.find(({ number }) => number === signature.key);
  if (key === undefined)
    return { ok: false, because: `it is signed with key ${signature.key}, which authkeys does not have` };
  if (sameDigest(digestOf(signed, key), signature.digest)) return { ok: true };
  return { ok: false, because: `its signature is not that of key ${signature.key}` };
}
