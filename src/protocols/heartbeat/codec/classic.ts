import { type Field, fieldKinds, type Message } from '../message.ts';
import { checkName } from './check-name.ts';
import type { Signature } from './keys.ts';
import type { Packet } from './packet.ts';
import { parseSignature, signatureText } from './signature.ts';
import { utf8 } from './utf8.ts';
import { Unreadable } from './unreadable.ts';

/*
 * `>>>\n`, then each field as a line `name=value`, then `auth=<key> <digest>\n<<<\n` and a NUL. Bytes are base64 behind
 * the number of their kind, `(1)name=…`. The signature is for the lines of the fields alone.
 */
const head = '>>>\n';
const tail = '<<<\n';

/** The lines of the fields, which are what is signed; bytes as characters of latin1 are made of it by `classicPacket`. */
export function classicBody(message: Message): Uint8Array {
  return Buffer.from(message.map(lineOf).join(''), 'latin1');
}

export function classicPacket(body: Uint8Array, signature: Signature): Uint8Array {
  const end = `auth=${signatureText(signature)}\n${tail}\0`;
  return Buffer.concat([Buffer.from(head), body, Buffer.from(end, 'latin1')]);
}

function lineOf({ name, kind, value }: Field): string {
  checkName(name);
  if (/^\(.\)/.test(name)) throw new Error(`no classic packet can carry a field called ${name}`);
  const wireName = oneLine(name, utf8.onWire(name));
  if (typeof value === 'string') return `${wireName}=${oneLine(name, utf8.onWire(value))}\n`;
  const number = fieldKinds.indexOf(kind);
  const buffer = Buffer.from(value);
  const held = isBase64(kind) ? buffer.toString('base64') : oneLine(name, buffer.toString('latin1'));
  return `(${number})${wireName}=${held}\n`;
}

function oneLine(name: string, held: string): string {
  if (/[\n\0]/.test(held))
    throw new Error(`the field ${name} has a line break or a NUL, which no classic packet can carry`);
  return held;
}

/** Structs and lists are texts of heartbeat's own on the wire. */
function isBase64(kind: Field['kind']): boolean {
  return kind === 'bytes' || kind === 'compressed' || kind === 'uncompressed';
}

export function parseClassic(buffer: Buffer): Packet {
  const wire = buffer.toString('latin1');
  const end = wire.endsWith('\0') ? wire.length - 1 : wire.length;
  const message: Field[] = [];
  let at = head.length;
  for (;;) {
    const to = wire.indexOf('\n', at);
    if (to < 0 || to >= end) throw new Unreadable('its last line is not whole');
    if (wire.startsWith('auth=', at) && wire.startsWith(tail, to + 1)) {
      if (to + 1 + tail.length !== end) throw new Unreadable('something follows its end');
      return {
        framing: 'classic',
        message,
        signature: parseSignature(wire.slice(at + 5, to)),
        signed: buffer.subarray(head.length, at),
        inside: null,
      };
    }
    message.push(fieldAt(wire, buffer, at, to));
    at = to + 1;
  }
}

function fieldAt(wire: string, buffer: Buffer, from: number, to: number): Field {
  const isMarked = wire[from] === '(' && wire[from + 2] === ')';
  const kind = isMarked ? fieldKinds[wire.charCodeAt(from + 1) - 48] : 'text';
  const nameAt = isMarked ? from + 3 : from;
  const equals = wire.indexOf('=', nameAt);
  if (kind === undefined || equals <= nameAt || equals >= to)
    throw new Unreadable(`no field stands at byte ${from}`);
  const name = utf8.textOf(wire, buffer, nameAt, equals);
  if (kind === 'text') return { name, kind, value: utf8.textOf(wire, buffer, equals + 1, to) };
  if (!isBase64(kind)) return { name, kind, value: Uint8Array.from(buffer.subarray(equals + 1, to)) };
  const held = Buffer.from(wire.slice(equals + 1, to), 'base64');
  if (held.toString('base64') !== wire.slice(equals + 1, to))
    throw new Unreadable(`the field ${name} is no base64`);
  return { name, kind, value: Uint8Array.from(held) };
}
