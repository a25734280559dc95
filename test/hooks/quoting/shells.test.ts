import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { substitute } from '../../../src/hooks/quoting/substitute.ts';
import { hostile, type Template, template } from './templates.ts';
import { alias } from './values.ts';

interface Case {
  readonly template: Template;
  readonly value: string;
  readonly script: string;
}

/** Every script by itself, all of a shell's in one loop: a process of ours for each would take minutes. */
function runAll(shell: string, cases: readonly Case[], directory: string): readonly string[] {
  for (const [index, { value, script }] of cases.entries()) {
    writeFileSync(
      join(directory, `${index}.value`),
      `ORC_FAILURE_CLUSTER_ALIAS='${value.replaceAll("'", "'\\''")}'`,
    );
    writeFileSync(join(directory, `${index}.script`), script);
  }
  const loop = `export ORC_FAILURE_CLUSTER_ALIAS
    for ((i = 0; i < ${cases.length}; i++)); do . ./$i.value; ${shell} ./$i.script > $i.out 2> $i.err < /dev/null; done`;
  execFileSync('bash', ['-c', loop], {
    cwd: directory,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });
  return cases.map((_, index) => readFileSync(join(directory, `${index}.out`), 'utf8'));
}

it.each(['bash', 'dash'])('a value comes out of %s byte for byte, and nothing of it is run (P5)', (shell) => {
  const seed = Date.now();
  const drawn = fc.sample(fc.tuple(template, hostile), { numRuns: 400, seed });
  const cases = drawn.flatMap(([drawnTemplate, value]): Case[] => {
    const substituted = substitute(drawnTemplate.text, alias(value));
    return 'script' in substituted ? [{ template: drawnTemplate, value, ...substituted }] : [];
  });
  expect(cases.length).toBeGreaterThan(drawn.length * 0.8);
  const directory = mkdtempSync(join(tmpdir(), 'baton-quoting-'));
  try {
    const outputs = runAll(shell, cases, directory);
    const wrong = cases.flatMap(({ template: { text, prints }, value, script }, index) => {
      const [expected, printed] = [prints(value), outputs[index]];
      return printed === expected || (shell === 'dash' && isForBash(text))
        ? []
        : [{ text, value, script, expected, printed }];
    });
    expect(wrong.slice(0, 3), `seed ${seed}, ${wrong.length} wrong`).toEqual([]);
    expect(existsSync(join(directory, 'pwned')), `seed ${seed}`).toBe(false);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

/** Dash takes the dollar of `$'…'` for a character; what it prints is then its own affair. */
function isForBash(text: string): boolean {
  return text.includes("$'");
}
