import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { builtTwin } from '../src/process/built.ts';

/** On what a figure was measured, and when. */
export const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
export const date = new Date().toISOString().slice(0, 10);

const root = new URL('../..', builtTwin(new URL('./report.ts', import.meta.url).href));

/** Writes a table between its marks in docs/performance.md, what it was made of into bench/baselines, and prints it. */
export async function report(mark: string, table: string, raw: object): Promise<void> {
  const page = new URL('docs/performance.md', root);
  const text = await readFile(page, 'utf8');
  const [before] = text.split(`<!-- ${mark} -->`);
  const after = text.split(`<!-- /${mark} -->`)[1] ?? '\n';
  await writeFile(page, `${before}<!-- ${mark} -->\n${table}\n<!-- /${mark} -->${after}`);
  const baseline = new URL(`bench/baselines/${mark}.json`, root);
  await writeFile(baseline, `${JSON.stringify({ date, machine, ...raw }, null, 1)}\n`);
  process.stdout.write(`${table}\n`);
}

/** The middle one of sorted figures; of an even number the upper. */
export function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
