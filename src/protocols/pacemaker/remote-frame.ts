import { BatonError } from '../../kernel/errors.ts';
import { usualBounds } from './xml.ts';

/*
 * Pacemaker's remote protocol (2.1.5): a header of 40 bytes, little-endian, and behind it a text of XML that ends with a NUL. Header: the
 * mark, version, id, flags, length of all, where the text begins, its length compressed (0: it is not), its length.
 */
const headerBytes = 40;
const mark = 0xba_da_db_bd;
const version = 1;

/** A message as it is sent: the header and the text are written apart, for a server that uses TLS reads them as two records. */
export interface Frame {
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
}

export function frameOf(xml: string, id: number): Frame {
  const payload = new TextEncoder().encode(`${xml}\0`);
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  view.setUint32(0, mark, true);
  view.setUint32(4, version, true);
  view.setBigUint64(8, BigInt(id), true);
  view.setUint32(24, headerBytes + payload.length, true);
  view.setUint32(28, headerBytes, true);
  view.setUint32(36, payload.length, true);
  return { header, payload };
}

/** Parts what a server sends into the texts of its messages. Throws BatonError `message-unreadable`. */
export class FrameReader {
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  /** Of the message that comes, once its header is there. */
  #wanted: number | null = null;

  /** The texts that are whole now. */
  write(piece: Uint8Array): readonly string[] {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    const texts: string[] = [];
    for (;;) {
      this.#wanted ??= this.#bytes < headerBytes ? null : lengthIn(this.#joined());
      if (this.#wanted === null || this.#bytes < this.#wanted) return texts;
      const all = this.#joined();
      texts.push(textIn(all.subarray(headerBytes, this.#wanted)));
      this.#pieces = [all.subarray(this.#wanted)];
      this.#bytes -= this.#wanted;
      this.#wanted = null;
    }
  }

  #joined(): Uint8Array {
    const all = new Uint8Array(this.#bytes);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [all];
    return all;
  }
}

function lengthIn(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, headerBytes);
  if (view.getUint32(0, true) !== mark) refuse('what came is no message of the remote protocol');
  if (view.getUint32(4, true) !== version) refuse('it is of an unknown version of the remote protocol');
  if (view.getUint32(32, true) !== 0) refuse('it is compressed, which nobody has asked for');
  const total = view.getUint32(24, true);
  const isSound =
    view.getUint32(28, true) === headerBytes && view.getUint32(36, true) === total - headerBytes;
  if (!isSound) refuse('its header contradicts itself');
  // A character of XML may take four bytes; what is longer the reader of the text would refuse anyway.
  if (total > usualBounds.characters) refuse(`it is longer than ${usualBounds.characters} bytes`);
  return total;
}

function textIn(payload: Uint8Array): string {
  const end = payload.at(-1) === 0 ? payload.length - 1 : payload.length;
  return new TextDecoder().decode(payload.subarray(0, end));
}

function refuse(because: string): never {
  throw new BatonError('message-unreadable', `A message of the remote CIB cannot be read: ${because}.`);
}
