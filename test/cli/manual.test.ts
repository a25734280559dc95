import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampled, exampleOf, leavesOf } from '../../src/cli/examples.ts';
import { manualPage, surroundings } from '../../src/cli/manual.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { theProgram } from './given-program.ts';

it('the manual says what the commands say of themselves (-u writes it anew)', async () => {
  await expect(manualPage(theProgram())).toMatchFileSnapshot('../../man/baton.1');
});

it('the manual is set without a complaint, where there is a man', async () => {
  const text = manualPage(theProgram());
  const { exitCode, stderr } = await runProgram('groff', ['-man', '-ww', '-Tutf8', '-z'], {
    timeoutMs: 10_000,
    input: text,
  });
  if (exitCode === 127) return console.log('Left out: there is no groff here.');
  expect(stderr).toBe('');
});

it('the manual names every variable that a command reads', () => {
  const root = new URL('../../src/', import.meta.url).pathname;
  const read = ['cli', 'controller', 'bin.ts'].flatMap((room) => {
    const files = room.endsWith('.ts')
      ? ['']
      : readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
    return files
      .filter((file) => file === '' || file.endsWith('.ts'))
      .flatMap((file) => {
        const text = readFileSync(join(root, room, file), 'utf8');
        return [
          ...text.matchAll(/process\.env\['([A-Z_]+)'\]/g),
          ...text.matchAll(/\b([A-Z][A-Z_]{6,}): \w+[^}]*\} = process\.env/g),
        ].map(([, name = '']) => name);
      });
  });
  const named = surroundings.flatMap(([, rows]) => rows.map(([name]) => name)).join(' ');
  expect([...new Set(read)].filter((name) => !named.includes(name))).toEqual([]);
});

describe('examples', () => {
  const leaves = leavesOf(theProgram());

  it('are written for no command that is not there', () => {
    const there = leaves.map(([path]) => path);
    expect(exampled.filter((path) => !there.includes(path))).toEqual([]);
  });

  it.each(leaves)('of baton %s are of words and options that it has', (path, command) => {
    const words = wordsIn(exampleOf(path, command).slice(path.length).replace(/ > .*/, ''));
    const takesValue = (word: string | undefined) =>
      command.options.some(({ short, long, flags }) => /[<[]/.test(flags) && [short, long].includes(word));
    const values = words.filter(
      (word, index) => !word.startsWith('-') && !(index > 0 && takesValue(words[index - 1])),
    );
    const flags = words.filter((word) => word.startsWith('-'));
    const known = command.options.flatMap(({ short, long }) => [short, long]);
    expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
    const mandatory = command.options.filter((one) => one.mandatory).map(({ long }) => long ?? '');
    expect(mandatory.filter((long) => !flags.includes(long))).toEqual([]);
    const wanted = command.registeredArguments;
    expect(values.length).toBeGreaterThanOrEqual(wanted.filter(({ required }) => required).length);
    if (wanted.at(-1)?.variadic !== true) expect(values.length).toBeLessThanOrEqual(wanted.length);
  });

  it('are shown by the help', () => {
    const [, takeover] = leaves.find(([path]) => path === 'takeover') ?? [];
    let shown = '';
    takeover?.configureOutput({ writeOut: (text) => (shown += text) });
    takeover?.outputHelp();
    expect(shown).toContain('Example:\n  baton takeover shop --to db2:3306');
  });
});

function wordsIn(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
