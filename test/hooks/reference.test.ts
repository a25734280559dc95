import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stages } from '../../src/hooks/stages.ts';
import { words } from '../../src/hooks/words.ts';

const page = new URL('../../docs/reference/hooks.md', import.meta.url).pathname;

it('the page of hooks has every stage and every word as the code has them', async () => {
  const written = readFileSync(page, 'utf8');
  const made = withPart(withPart(written, 'stages', stageTable()), 'words', wordTable());
  await expect(made).toMatchFileSnapshot(page);
});

/** The text between the marks of a part, replaced. */
function withPart(text: string, part: string, made: readonly string[]): string {
  const pattern = new RegExp(`(<!-- ${part}:[^>]*-->\n)[^]*?(<!-- /${part} -->)`);
  expect(text).toMatch(pattern);
  return text.replace(pattern, (_, opening: string, closing: string) => {
    return `${opening}\n${made.join('\n')}\n\n${closing}`;
  });
}

function stageTable(): readonly string[] {
  const rows = Object.entries(stages).map(
    ([name, { when, mayVeto }]) =>
      `| \`${name}\` | ${when} | ${mayVeto === 'strict' ? 'if it says so' : mayVeto ? 'yes' : 'no'} |`,
  );
  return ['| Stage | When it runs | May veto |', '| --- | --- | --- |', ...rows];
}

function wordTable(): readonly string[] {
  const rows = words.map(({ placeholders, variable, means }) => {
    const names = placeholders.map((name) => `\`{${name}}\``).join(', ');
    return `| ${names === '' ? '–' : names} | ${variable === null ? '–' : `\`${variable}\``} | ${means} |`;
  });
  return ['| Placeholder | Variable | What it holds |', '| --- | --- | --- |', ...rows];
}
