import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoted, withinDouble } from '../../../src/hooks/lint/rewrite/literal.ts';
import { rewriteSafely } from '../../../src/hooks/lint/rewrite/rewrite.ts';
import { substitute } from '../../../src/hooks/quoting/substitute.ts';
import { runScripts, type ScriptCase } from '../quoting/run-scripts.ts';
import { hostile, type Template, template } from '../quoting/templates.ts';
import { alias } from '../quoting/values.ts';

const worst = alias(`'"$(x)\``);

interface Case extends ScriptCase {
  readonly template: Template;
}

/** The script of a rewritten hook; none where no rewriting was certain. */
function caseOf([drawn, value]: readonly [Template, string]): readonly Case[] {
  const rewritten = rewriteSafely(drawn.text, worst);
  const filled = rewritten === null ? null : substitute(rewritten, alias(value));
  if (filled === null) return [];
  expect(filled, drawn.text).toHaveProperty('script');
  return 'script' in filled ? [{ template: drawn, value, script: filled.script }] : [];
}

/** What each prints that should have printed something else; nothing of any value may have been run. */
function wrongOf(shell: string, cases: readonly Case[]): readonly object[] {
  const directory = mkdtempSync(join(tmpdir(), 'baton-rewrite-'));
  try {
    mkdirSync(join(directory, 'bin'));
    writeFileSync(join(directory, 'bin', 'ssh'), '#!/bin/sh\nshift\nexec bash -c "$*"\n', { mode: 0o700 });
    writeFileSync(join(directory, 'bin', 'sudo'), '#!/bin/sh\nexec env -u ORC_FAILURE_CLUSTER_ALIAS "$@"\n', {
      mode: 0o700,
    });
    writeFileSync(join(directory, 'bin', 'mysql'), mysql, { mode: 0o700 });
    const outputs = runScripts(shell, cases, directory);
    const wrong = cases.flatMap(({ template: { text, prints }, value, script }, index) => {
      const [expected, printed] = [prints(value), outputs[index]];
      return printed === expected ? [] : [{ text, value, script, expected, printed }];
    });
    expect(existsSync(join(directory, 'pwned'))).toBe(false);
    return wrong;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Prints the data that the SQL holds, or the SQL where there is none: `select concat('<', …, '>')`. */
const mysql = `#!/bin/bash
[[ $2 =~ ^select\\ concat\\(\\'\\<\\',\\ convert\\(from_base64\\(\\'([A-Za-z0-9+/=]*)\\'\\)\\ using\\ utf8mb4\\),\\ \\'\\>\\'\\)$ ]] || { printf %s "$2"; exit; }
printf '<'; printf %s "\${BASH_REMATCH[1]}" | base64 -d; printf '>'
`;

/** What dash reads as bash does. */
const portable = template.filter(({ text }) => !text.includes("$'"));
const wrappers: readonly ((program: string) => string)[] = [
  (program) => `bash -c ${quoted(program)}`,
  (program) => `dash -c "${withinDouble(program)}" a b`,
  (program) => `timeout 5 bash -ec ${quoted(`{ ${program}\n}`)} && true`,
  (program) => `eval ${quoted(program)}`,
  (program) => `bash -c ${quoted(`dash -c ${quoted(program)}`)}`,
  (program) => `sudo bash -c ${quoted(program)}`,
  (program) => `ssh db1 ${quoted(program)}`,
  (program) => `if ssh db1 true; then ssh db1 "${withinDouble(program)}"; fi`,
  (program) => `ssh db1 ${quoted(`bash -c ${quoted(program)}`)}`,
];
const wrapped = fc
  .tuple(portable, fc.constantFrom(...wrappers))
  .map(([{ text, prints }, wrap]): Template => ({ text: wrap(text), prints }));

it.each(['bash', 'dash'])(
  'a rewritten hook gives a value to a second shell byte for byte, and nothing of it is run by %s (P5)',
  (shell) => {
    const seed = Date.now();
    const drawn = fc.sample(fc.tuple(wrapped, hostile), { numRuns: 400, seed });
    const cases = drawn.flatMap(caseOf);
    expect(cases.length).toBeGreaterThan(drawn.length / 4);
    expect(wrongOf(shell, cases).slice(0, 3), `seed ${seed}`).toEqual([]);
  },
);

const around = (value: string) => `<${value}>`;
const programs: readonly (readonly [string, string])[] = [
  ['awk', `awk 'BEGIN {printf "%s", "<{alias}>"}'`],
  ['awk', `awk 'BEGIN {x = "<{alias}>"; if ("<{alias}>" == x) printf("%s", x)}'`],
  ['perl', `perl -e 'print "<{alias}>";'`],
  ['perl', `perl -we 'my @a = ("<", "{alias}", ">"); print @a'`],
  ['python3', `python3 -c 'print("<{alias}>", end="")'`],
  ['python3', `python3 -c "import sys; sys.stdout.write('<{alias}>')"`],
  ['node', `node -e 'process.stdout.write("<{alias}>")'`],
  ['ruby', `ruby -e 'print "<{alias}>"'`],
  ['php', `php -r 'echo "<{alias}>";'`],
  ['xargs', `printf x | xargs -n 1 printf '<%s>%.0s' {alias}`],
  ['bash', `mysql -e "select '<{alias}>'"`],
  ['bash', `ssh db1 "mysql -e \\"select '<{alias}>'\\""`],
];

it.each(programs.filter(([name]) => isInstalled(name)))(
  'a rewritten hook gives a value to %s as data: %s',
  (name, text) => {
    const seed = Date.now();
    // An interpreter may take a good while to start.
    const drawn = fc.sample(hostile, { numRuns: name === 'python3' ? 6 : 20, seed });
    const cases = drawn.flatMap((value) => caseOf([{ text, prints: around }, value]));
    expect(cases).toHaveLength(drawn.length);
    expect(wrongOf('bash', cases).slice(0, 3), `seed ${seed}`).toEqual([]);
  },
);

function isInstalled(name: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`]);
    return true;
  } catch {
    return false;
  }
}
