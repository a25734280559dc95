import { BatonError } from '../../kernel/errors.ts';

/** The packets that a file holds: one as it travels, or one in hexadecimal on each line. Throws `heartbeat-unreadable`. */
export function packetsIn(name: string, held: Buffer): readonly Uint8Array[] {
  const head = held.toString('latin1', 0, 4);
  if (head === '###\n' || head === '>>>\n') return [held];
  const lines = held.toString('latin1').split('\n');
  return lines.flatMap((line, at) => {
    const word = line.trim();
    if (word === '') return [];
    if (word.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(word))
      throw new BatonError(
        'heartbeat-unreadable',
        `${name}:${at + 1} is neither a packet as it travels nor one in hexadecimal.`,
      );
    return [Buffer.from(word, 'hex')];
  });
}
