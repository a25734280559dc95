import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader, frameOf } from '../../../src/protocols/pacemaker/remote-frame.ts';

const bytesOf = (text: string, id = 1) => {
  const { header, payload } = frameOf(text, id);
  return new Uint8Array([...header, ...payload]);
};

describe('a frame of the remote protocol', () => {
  it('is what Pacemaker 2.1.5 sends and takes', () => {
    expect(Buffer.from(frameOf('<a/>', 7).header).toString('hex')).toBe(
      'bddbdaba0100000007000000000000000000000000000000' + '2d00000028000000' + '0000000005000000',
    );
  });

  it('is read as it was written, wherever the stream is cut', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((one) => one.replaceAll('\0', ' '));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (texts, size) => {
        const bytes = texts.flatMap((one, id) => [...bytesOf(one, id)]);
        const reader = new FrameReader();
        const read: string[] = [];
        for (let at = 0; at < bytes.length; at += size)
          read.push(...reader.write(new Uint8Array(bytes.slice(at, at + size))));
        expect(read).toEqual(texts);
      }),
    );
  });

  it.each<[what: string, at: number, value: number, says: string]>([
    ['its mark', 0, 7, 'no message of the remote protocol'],
    ['its version', 4, 2, 'unknown version'],
    ['a compression', 32, 9, 'compressed'],
    ['a length that is not the other', 36, 9, 'contradicts itself'],
    ['a place of its text beyond it', 28, 41, 'contradicts itself'],
  ])('is refused by %s', (_, at, value, says) => {
    const bytes = bytesOf('<a/>');
    new DataView(bytes.buffer).setUint32(at, value, true);
    expect(() => new FrameReader().write(bytes)).toThrow(says);
  });

  it('is refused when it is too long before any of it is kept', () => {
    const { header } = frameOf('', 1);
    const view = new DataView(header.buffer);
    view.setUint32(24, 0xff_ff_ff_ff, true);
    view.setUint32(36, 0xff_ff_ff_ff - 40, true);
    expect(() => new FrameReader().write(header)).toThrow('longer than');
  });
});
