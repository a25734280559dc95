import { describe, expect, it } from 'vitest';
import { parseFifoLine } from '../../../src/protocols/keepalived/watch/fifo-line.ts';
import { Shadow } from '../../../src/protocols/keepalived/watch/shadow.ts';
import { drives, matrix } from './drives.ts';
import { routersOf, type Sample, seenIn } from './samples.ts';

/** What the shadow of a router says of what it was recorded to tell, or of other lines. */
function drifts(
  sample: Sample,
  node: string,
  lines: readonly { readonly t: number; readonly text: string }[],
) {
  const plan = routersOf(sample).find(({ id }) => id === node);
  if (plan === undefined) throw new Error(`no router ${node}`);
  const shadow = new Shadow(plan);
  return lines.flatMap(({ t, text }) => {
    const told = parseFifoLine(text);
    return told === null ? [] : (shadow.hear(told, t * 1_000) ?? []);
  });
}

const modern = [...drives.filter(({ profile }) => profile === '2.x'), matrix];

describe.each(modern)('the shadow of a keepalived with the configuration of $name', (sample) => {
  it.each(Object.keys(sample.files))('finds what router %s really told explained', (node) => {
    const real = seenIn(sample).filter((one) => one.node === node && one.kind === 'fifo');
    expect(drifts(sample, node, real)).toEqual([]);
  });
});

describe('a drift', () => {
  const [sample] = modern;
  const told = (...lines: readonly [t: number, text: string][]) =>
    sample === undefined
      ? []
      : drifts(
          sample,
          'A',
          lines.map(([t, text]) => ({ t, text })),
        );

  it.each([
    ['an instance that is not configured', [[0, 'INSTANCE "other" BACKUP 150']], /no instance other/],
    ['a group that is not configured', [[0, 'GROUP "g" BACKUP 0']], /no sync group g/],
    ['a priority that no tracker makes', [[0, 'INSTANCE "VI_1" BACKUP 100']], /priority 100, which no mix/],
    [
      'FAULT that becomes MASTER',
      [
        [0, 'INSTANCE "VI_1" FAULT 150'],
        [9, 'INSTANCE "VI_1" MASTER 150'],
      ],
      /from FAULT to MASTER/,
    ],
    [
      'a MASTER that did not wait',
      [
        [0, 'INSTANCE "VI_1" MASTER 150'],
        [1, 'INSTANCE "VI_1" MASTER 150'],
      ],
      /from MASTER to MASTER/,
    ],
    [
      'a backup that tells of itself as MASTER',
      [
        [0, 'INSTANCE "VI_1" BACKUP 150'],
        [1, 'INSTANCE "VI_1" MASTER_PRIORITY 90'],
      ],
      /while it is BACKUP/,
    ],
  ] as const)('is %s', (_, lines, sentence) => {
    expect(told(...lines.map(([t, text]) => [t, text] as [number, string])).join()).toMatch(sentence);
  });
});
