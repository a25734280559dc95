import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { successionText, suggestCommand } from '../../../src/cli/commands/suggest.ts';
import type { ExitCode } from '../../../src/cli/terminal.ts';

interface Case {
  readonly name: string;
  readonly command: string;
  readonly expect: readonly string[];
}

// Recorded from orchestrator 3.2.6 on its own integration fixtures: 22293 has failed, 22294 was promoted.
const fixture = new URL('../../fixtures/orchestrator-analysis.json', import.meta.url);
const all: readonly Case[] = JSON.parse(readFileSync(fixture, 'utf8'));
const cases = all.filter(({ command }) => command === 'internal-suggest-promoted-replacement');

const folder = mkdtempSync(join(tmpdir(), 'baton-suggest-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: unknown): string {
  const path = join(folder, 'case.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function suggested(...words: readonly string[]) {
  const printed: string[] = [];
  const said: string[] = [];
  let exit: ExitCode | null = null;
  const terminal = {
    print: (text: string) => printed.push(text),
    say: (text: string) => said.push(text),
    colours: false,
  };
  const command = suggestCommand(terminal, (code) => {
    exit = code;
  });
  await command.configureOutput({ writeErr: () => {} }).parseAsync(words, { from: 'user' });
  return { printed, said, exit };
}

describe('baton suggest --orchestrator-rows', () => {
  it('has recorded cases to be held against', () => {
    expect(cases).toHaveLength(5);
  });

  it.each(cases.map((each) => [each.name, each] as const))(
    'names of %s whom orchestrator names',
    async (_, each) => {
      const { printed, exit } = await suggested('--orchestrator-rows', fileOf(each));
      expect(printed).toEqual(each.expect);
      expect(exit).toBe(0);
    },
  );

  it('says why, apart from the answer', async () => {
    const rows = fileOf(cases.find(({ name }) => name.endsWith('candidate-same-dc')));
    expect(await suggested('--orchestrator-rows', rows)).toMatchObject({
      said: ['testhost:22297 is beside the failed primary'],
    });
    expect((await suggested('--orchestrator-rows', rows, '--json')).printed).toEqual([
      '{"replacement":"testhost:22297","because":"testhost:22297 is beside the failed primary"}',
    ]);
  });

  it('is told who failed and who was promoted, where the rows do not show it', async () => {
    const rows = fileOf(cases.find(({ name }) => name.endsWith('candidate-same-dc')));
    const named = ['-i', 'testhost:22293', '-d', 'testhost:22295'];
    expect((await suggested('--orchestrator-rows', rows, ...named)).printed).toEqual(['testhost:22295']);
    await expect(suggested('--orchestrator-rows', rows, '-d', 'testhost:1')).rejects.toThrow(
      'none of the rows is testhost:1',
    );
    await expect(suggested('--orchestrator-rows', rows, '-d', 'a b')).rejects.toThrow('"a b" is no instance');
  });

  it('goes by the configuration that is named', async () => {
    const config = join(folder, 'orchestrator.conf.json');
    writeFileSync(config, JSON.stringify({ PromotionIgnoreHostnameFilters: ['22297'] }));
    const rows = fileOf(cases.find(({ name }) => name.endsWith('candidate-same-dc')));
    expect((await suggested('--orchestrator-rows', rows, '--config', config)).printed).toEqual([
      'testhost:22294',
    ]);
  });
});

it('a suggestion is the successor alone on its line, then the reason and every comparison', () => {
  const report = {
    id: '3f2a91bc',
    name: 'db1:3306',
    alias: 'shop',
    successor: 'db2:3306',
    because: 'db2:3306 has received more than db3:3306, though it has transactions of its own: 0-2-8..8',
    comparisons: ['db2:3306 has received more than db3:3306', 'db4:3306 writes no binary log'],
    donor: null,
  } as const;
  expect(successionText(report)).toBe(
    [
      'db2:3306',
      '  db2:3306 has received more than db3:3306, though it has transactions of its own: 0-2-8..8',
      '  db4:3306 writes no binary log',
    ].join('\n'),
  );
  expect(
    successionText({ ...report, successor: null, because: 'no replica could be reached', comparisons: [] }),
  ).toBe('nobody\n  no replica could be reached');
});
