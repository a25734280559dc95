import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { gateWords } from '../../src/analysis/advice/explain.ts';
import { readinessChecks } from '../../src/analysis/advice/readiness-checks.ts';

const page = new URL('../../docs/reference/readiness.md', import.meta.url).pathname;

it('the page of readiness has every gate and every check as the code has them (-u writes it anew)', async () => {
  const written = readFileSync(page, 'utf8');
  const made = withPart(withPart(written, 'gates', gateTable()), 'checks', checkTable());
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

function gateTable(): readonly string[] {
  const rows = Object.entries(gateWords).map(([name, { asks, later }]) => {
    const [first = '', ...rest] = asks;
    return `| \`${name}\` | ${first.toUpperCase()}${rest.join('')} | ${later === null ? 'stands now' : later} |`;
  });
  return ['| Gate | What it looks at | While nothing is wrong |', '| --- | --- | --- |', ...rows];
}

function checkTable(): readonly string[] {
  const rows = readinessChecks.map(
    ({ code, weight, asks }) => `| \`${code}\` | ${asks} | ${Math.round(weight * 100)} |`,
  );
  return ['| Reason | What is asked | Takes at most, of 100 |', '| --- | --- | --- |', ...rows];
}
