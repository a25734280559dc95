import { Unreadable } from './unreadable.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const beyondAscii = /[\u0080-\uffff]/;

/** Texts are UTF-8 on the wire; a packet is looked at as latin1, a character for each byte, because nearly all of it is ASCII. */
export const utf8 = {
  /** The bytes of a text, as characters of latin1. */
  onWire(text: string): string {
    return beyondAscii.test(text) ? Buffer.from(text).toString('latin1') : text;
  },

  textOf(wire: string, buffer: Buffer, from: number, to: number): string {
    const held = wire.slice(from, to);
    if (!beyondAscii.test(held)) return held;
    try {
      return decoder.decode(buffer.subarray(from, to));
    } catch {
      throw new Unreadable(`the text at byte ${from} is not UTF-8`);
    }
  },
};
