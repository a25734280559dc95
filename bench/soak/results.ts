import { readFile, writeFile } from 'node:fs/promises';
import { grouped } from './grouped.ts';
import { type CellResult, type FlavouredCell, titleOf } from './matrix.ts';

const nameOf = 'bench/baselines/soak-matrix.json';

/** A result as it is kept: with the day on which the cell was played. */
interface Kept extends CellResult {
  readonly date: string;
}

/** The last result of every cell that was ever played. */
export async function readResults(root: URL): Promise<readonly Kept[]> {
  const text = await readFile(new URL(nameOf, root), 'utf8').catch(() => '[]');
  return JSON.parse(text) as Kept[];
}

/** Puts a result in the place of the one that its cell had. */
export async function keepResult(root: URL, result: CellResult): Promise<void> {
  const others = (await readResults(root)).filter(({ cell }) => titleOf(cell) !== titleOf(result.cell));
  // The log of a controller is for whoever looks at once.
  const wrong = result.wrong.filter((one) => !one.startsWith('{"level"'));
  const all = [...others, { date: new Date().toISOString().slice(0, 10), ...result, wrong }];
  const lines = all.map((one) => JSON.stringify(one)).toSorted();
  await writeFile(new URL(nameOf, root), `[\n${lines.join(',\n')}\n]\n`);
}

/** The page's part on the matrix: what was played, how it ended, and why what came to nothing did. */
export function matrixLines(results: readonly Kept[], cells: readonly FlavouredCell[]): readonly string[] {
  const titles = new Set(cells.map(titleOf));
  const played = results.filter(({ cell }) => titles.has(titleOf(cell)));
  const dates = played.map(({ date }) => date).toSorted();
  const unexplained = played.filter(({ wrong }) => wrong.length > 0);
  return [
    `${played.length} of ${cells.length} cells, played from ${dates[0]} to ${dates.at(-1)}; unexplained: ${unexplained.length}.`,
    ...unexplained.map(({ cell, wrong }) => `Unexplained: ${titleOf(cell)}: ${wrong[0]?.split('\n')[0]}`),
    '',
    '| recovery | trouble | flavour | cells | passed | ends | writes acknowledged | took writes again for, ms at most |',
    '|---|---|---|---|---|---|---|---|',
    ...grouped(played, groupOf).map(([name, of]) => `| ${name} | ${columnsOf(of).join(' | ')} |`),
    '',
    'What came to nothing, and why, in the words of the recovery:',
    '',
    ...grouped(
      played.filter(({ because }) => because !== ''),
      ({ cell, end }) => `${cell.kind}, ${cell.trouble}: ${end}`,
    ).flatMap(([name, of]) => [`- ${name}`, ...sentencesOf(of)]),
  ];
}

function groupOf({ cell: { kind, trouble, flavour } }: Kept): string {
  return `${kind} | ${trouble} | ${flavour}`;
}

function columnsOf(of: readonly Kept[]): readonly (string | number)[] {
  const returned = of.flatMap(({ returnedMs }) => returnedMs ?? []);
  return [
    of.length,
    of.filter(({ wrong }) => wrong.length === 0).length,
    grouped(of, ({ end }) => end ?? 'none')
      .map(([end, those]) => `${those.length} ${end}`)
      .join(', '),
    of.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    returned.length === 0 ? '–' : Math.max(...returned),
  ];
}

/** The same in every cell but for who it befell. */
function sentencesOf(of: readonly Kept[]): readonly string[] {
  const alike = grouped(of, ({ because }) =>
    because.replaceAll(/server \d|\d+ (ms|hooks?)|hook \d|hooks? behind.*/g, '…'),
  );
  return alike.map(([, those]) => `  - ${those.length}: ${those[0]?.because}`);
}
