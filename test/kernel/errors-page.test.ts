import { expect, it } from 'vitest';
import { errorTable } from '../../src/kernel/errors.ts';

const exits = {
  1: 'a finding or a refusal',
  2: 'wrong usage or configuration',
  3: 'could not reach',
} as const;

/** docs/reference/errors.md, made of the table of errors. */
function errorsPage(): string {
  const paragraphs = Object.entries(errorTable).flatMap(([code, { exit, means, fix }]) => [
    `## ${code}`,
    '',
    means,
    '',
    `${fix} The command ends with ${exit} (${exits[exit]}).`,
    '',
  ]);
  return [
    '# Errors',
    '',
    'Made from `src/kernel/errors.ts` by `test/kernel/errors-page.test.ts`; change the table, not this page.',
    'The message of an error says what happened to which thing; its code leads here.',
    '',
    ...paragraphs,
  ].join('\n');
}

it('the reference of errors says what the table says (-u writes it anew)', async () => {
  await expect(errorsPage()).toMatchFileSnapshot('../../docs/reference/errors.md');
});
