import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completedIn } from '../../src/cli/completion/command-tree.ts';
import { completionNamesCommand } from '../../src/cli/commands/completion.ts';
import { bashCompletion } from '../../src/cli/completion/bash.ts';
import { fishCompletion } from '../../src/cli/completion/fish.ts';
import { zshCompletion } from '../../src/cli/completion/zsh.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { theProgram } from './given-program.ts';

const tree = completedIn(theProgram());
const folder = mkdtempSync(join(tmpdir(), 'baton-completion-'));
const env = { PATH: `${folder}:${process.env['PATH']}`, HOME: folder };

/** A controller’s names, as `baton completion-names` would print them. */
const baton = `#!/bin/sh
case "$1 $2" in
  "completion-names instance") printf 'db1:3306\\ndb2:3306\\nother:1\\n' ;;
  "completion-names cluster") echo "shop$4" ;;
  "completion-names recovery") echo 4af19c ;;
esac
`;

beforeAll(() => {
  writeFileSync(join(folder, 'baton'), baton);
  chmodSync(join(folder, 'baton'), 0o755);
  writeFileSync(join(folder, 'bash'), bashCompletion(tree));
  writeFileSync(join(folder, 'zsh'), zshCompletion(tree));
  writeFileSync(join(folder, 'fish'), fishCompletion(tree));
});
afterAll(() => rmSync(folder, { recursive: true }));

const lines: readonly (readonly [string, readonly string[]])[] = [
  ['baton con', ['config']],
  ['baton config ', ['check', 'keys', 'show']],
  ['baton doctor --j', ['--json']],
  ['baton takeover ', ['shop']],
  ['baton takeover shop --to d', ['db1:3306', 'db2:3306']],
  ['baton takeover --config x.json ', ['shopx.json']],
  ['baton recovery ', ['4af19c']],
  ['baton token x --role v', ['view']],
  ['baton pool readers db1:3306 o', ['other:1']],
  ['baton completion-n', []],
];

describe('bash', () => {
  const completed = async (line: string, breaks = ' ') => {
    const ask = `source ${folder}/bash; COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDBREAKS='${breaks}'; _baton; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = await runProgram('bash', ['--norc', '-c', ask, 'x', line], {
      timeoutMs: 10_000,
      env,
    });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((word) => word !== '');
  };

  it.each(lines)('completes "%s"', async (line, wanted) => {
    expect((await completed(line)).toSorted()).toEqual(wanted);
  });

  it('completes what stands behind a colon, which it takes for the end of a word', async () => {
    expect(await completed('baton relocate db2:', ' :')).toEqual(['3306']);
  });
});

describe('fish', async () => {
  const { exitCode } = await runProgram('fish', ['--version'], { timeoutMs: 10_000 });
  if (exitCode !== 0) console.log('Left out: there is no fish here.');
  it.skipIf(exitCode !== 0).each(lines)('completes "%s"', async (line, wanted) => {
    const ask = `source ${folder}/fish; complete -C '${line}'`;
    const { stdout } = await runProgram('fish', ['--no-config', '-c', ask], { timeoutMs: 10_000, env });
    const words = stdout.split('\n').flatMap((found) => found.split('\t')[0] ?? '');
    expect(words.filter((word) => word !== '').toSorted()).toEqual(wanted);
  });
});

describe('zsh', async () => {
  const { exitCode } = await runProgram('zsh', ['--version'], { timeoutMs: 10_000 });
  if (exitCode !== 0) console.log('Left out: there is no zsh here.');
  it.skipIf(exitCode !== 0)('reads the completion without a complaint', async () => {
    const { stderr } = await runProgram('zsh', ['-n', `${folder}/zsh`], { timeoutMs: 10_000, env });
    expect(stderr).toBe('');
  });
});

it('every shell is told of each command and each option', () => {
  const texts = [bashCompletion(tree), zshCompletion(tree), fishCompletion(tree)];
  for (const { path, options } of tree)
    for (const text of texts) {
      expect(text).toContain(`'${path}`);
      for (const flag of options.flatMap(({ flags }) => flags))
        expect(text).toContain(flag.replace(/^-+/, ''));
    }
});

it('names are asked for in vain where no controller answers, and nothing is said of it', async () => {
  const printed: string[] = [];
  const say = (text: string) => void printed.push(text);
  writeFileSync(join(folder, 'alone.json'), '{}');
  const command = completionNamesCommand({ print: say, say, colours: false });
  await command.parseAsync(['instance', '--config', join(folder, 'alone.json')], { from: 'user' });
  await command.parseAsync(['cluster', '--config', join(folder, 'none.json')], { from: 'user' });
  expect(printed).toEqual([]);
});
