import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MessageSplitter } from '../../../src/protocols/pacemaker/message-splitter.ts';

const messages = ['<!-- one --><notify a="1"/><x></notify>', '\n<notify>two</notify>', '<notify></notify>'];

it('a stream of messages is parted at their ends, in whatever pieces it comes', () => {
  const stream = messages.join('');
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 40 }), (lengths) => {
      const splitter = new MessageSplitter();
      const pieces: string[] = [];
      let rest = stream;
      for (const length of [...lengths, stream.length]) {
        pieces.push(rest.slice(0, length));
        rest = rest.slice(length);
      }
      expect(pieces.flatMap((piece) => splitter.write(piece))).toEqual(messages);
      splitter.end();
    }),
  );
});

it('a message that is cut off is told of, white space behind the last one is not', () => {
  const splitter = new MessageSplitter();
  splitter.write(`${messages[0]}\n\n`);
  splitter.end();
  splitter.write('<notify>');
  expect(() => splitter.end()).toThrow('cut off before </notify>');
});

it('of what is longer than any message the beginning is given away, and the rest let go to its end', () => {
  const splitter = new MessageSplitter();
  const piece = 'x'.repeat(2 ** 22);
  const given = Array.from({ length: 25 }, () => splitter.write(piece)).flat();
  expect(given.map(({ length }) => length)).toEqual([5 * 2 ** 22]);
  expect(splitter.write('</noti')).toEqual([]);
  expect(splitter.write('fy><notify></notify>')).toEqual(['<notify></notify>']);
  splitter.end();
});
