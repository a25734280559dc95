import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCommand } from '../../../src/hooks/quoting/read-command.ts';

const fragments = [
  ...'\'"`\\\n \t;&|(){}<>#$=!'.split(''),
  ..."&&,||,|&,;;,$(,$((,${x:-,<<E\n,\nE\n,$',<(,[[ , ]],\\\n".split(','),
  ...'if ,then ,fi,case x in ,a) ,esac,for i in a,do ,done,while ,true,a b,! '.split(','),
  ...'{ true; ,},f() ,2>,# c,a=(,{failedHost}'.split(','),
];
const command = fc
  .array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join(''));

/** Which of the commands a shell takes, without running any. */
function taken(shell: string, commands: readonly string[]): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'baton-broken-'));
  try {
    // What a shell reads has a value where the placeholder was, whose brace would end a ${ otherwise.
    for (const [index, text] of commands.entries())
      writeFileSync(join(directory, `${index}`), text.replaceAll('{failedHost}', 'v'));
    // Bash goes on after an error in [[ ]] and then says that all was well.
    const loop = `for ((i = 0; i < ${commands.length}; i++)); do
      ${shell} -n $i 2> said && ! grep -qE 'error|unexpected' said && echo $i; done > taken; true`;
    execFileSync('bash', ['-c', loop], { cwd: directory });
    const indexes = readFileSync(join(directory, 'taken'), 'utf8').split('\n').filter(Boolean);
    return indexes.flatMap((index) => commands[Number(index)] ?? []);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

it.each(['bash', 'dash'])('what is called broken is a syntax error to %s', (shell) => {
  const seed = Number(process.env['SEED'] ?? Date.now());
  const drawn = fc.sample(command, { numRuns: 1_500, seed });
  const broken = drawn.filter((text) => readCommand(text, new Set(['failedHost'])).isBroken);
  expect(broken.length).toBeGreaterThan(150);
  expect(taken(shell, broken), `seed ${seed}`).toEqual([]);
});
