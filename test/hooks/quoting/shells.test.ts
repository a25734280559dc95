import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { substitute } from '../../../src/hooks/quoting/substitute.ts';
import { runScripts, type ScriptCase } from './run-scripts.ts';
import { hostile, type Template, template } from './templates.ts';
import { alias } from './values.ts';

interface Case extends ScriptCase {
  readonly template: Template;
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
    const outputs = runScripts(shell, cases, directory);
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
