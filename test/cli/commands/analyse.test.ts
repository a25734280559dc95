import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { analyseCommand } from '../../../src/cli/commands/analyse.ts';
import type { ExitCode } from '../../../src/cli/terminal.ts';

interface Case {
  readonly name: string;
  readonly command: string;
  readonly expect: readonly string[];
  readonly instances: readonly Record<string, unknown>[];
}

// Recorded from orchestrator 3.2.6 on its own integration fixtures.
const fixture = new URL('../../fixtures/orchestrator-analysis.json', import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(fixture, 'utf8'));
const analyses = cases.filter(({ command }) => command === 'replication-analysis');

const folder = mkdtempSync(join(tmpdir(), 'baton-analyse-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: unknown): string {
  const path = join(folder, 'case.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function analysed(...words: readonly string[]): Promise<{ printed: string[]; exit: ExitCode | null }> {
  const printed: string[] = [];
  let exit: ExitCode | null = null;
  const terminal = { print: (text: string) => printed.push(text), say: () => {}, colours: false };
  const command = analyseCommand(terminal, (code) => {
    exit = code;
  });
  await command.configureOutput({ writeErr: () => {} }).parseAsync(words, { from: 'user' });
  return { printed: printed.flatMap((text) => text.split('\n')), exit };
}

/** A case of the fixture with a word changed in it. */
function changed(name: string, change: object): object {
  return { ...analyses.find((each) => each.name === name), ...change };
}

describe('baton analyse --orchestrator-rows', () => {
  it('has recorded cases to be held against', () => {
    expect(analyses).toHaveLength(18);
  });

  it.each(analyses.map((each) => [each.name, each] as const))(
    'says of %s what orchestrator says',
    async (_, each) => {
      const { printed, exit } = await analysed('--orchestrator-rows', fileOf(each));
      expect(printed).toEqual(each.expect);
      expect(exit).toBe(each.expect.length === 0 ? 0 : 1);
    },
  );

  it('prints all that it found as JSON on request', async () => {
    const dead = fileOf(changed('analysis-dead-master', {}));
    const { printed } = await analysed('--orchestrator-rows', dead, '--json');
    expect(JSON.parse(printed.join('\n'))).toMatchObject([
      { code: 'DeadMaster', instance: 'testhost:22293', treatment: 'dead-primary' },
    ]);
    const healthy = fileOf(changed('analysis-no-failure', {}));
    expect((await analysed('--orchestrator-rows', healthy, '--json')).printed).toEqual(['[]']);
  });

  it('goes by the configuration that is named', async () => {
    const config = join(folder, 'orchestrator.conf.json');
    writeFileSync(config, JSON.stringify({ recoveryignorehostnamefilters: ['^testhost$'] }));
    const rows = fileOf(changed('analysis-dead-master', {}));
    expect(await analysed('--orchestrator-rows', rows, '--config', config)).toEqual({ printed: [], exit: 0 });
  });

  it('leaves out what is in maintenance, and what is in downtime while it lasts', async () => {
    const key = { hostname: 'testhost', port: 22293 };
    const linesWith = async (change: object) =>
      (await analysed('--orchestrator-rows', fileOf(changed('analysis-dead-master', change)))).printed.length;
    const downtime = { ...key, owner: 'ann', reason: 'disk', downtime_active: 1 };
    const past = { ...downtime, end_timestamp: '2026-11-21 22:46:19' };
    const lasting = { ...downtime, end_timestamp: '2026-11-21 22:46:20' };
    expect(await linesWith({ maintenance: [{ ...key, maintenance_active: 1 }] })).toBe(0);
    expect(await linesWith({ maintenance: [{ ...key, maintenance_active: null }] })).toBe(1);
    expect(await linesWith({ downtime: [lasting] })).toBe(0);
    expect(await linesWith({ downtime: [{ ...lasting, downtime_active: 0 }] })).toBe(1);
    expect(await linesWith({ downtime: [past] })).toBe(1);
  });

  it('believes a semi-sync lock once the binlog has stood still for long', async () => {
    const stood = async (first_seen: string) => {
      const stale = { hostname: 'testhost', port: 22293, binary_log_file: 'mysql-bin.000167' };
      const rows = changed('analysis-semi-sync-locked-master-hypothesis', {
        stale: [{ ...stale, binary_log_pos: 137086726, first_seen }],
      });
      return (await analysed('--orchestrator-rows', fileOf(rows))).printed.join();
    };
    expect(await stood('2026-11-21 22:46:08')).toMatch(/: LockedSemiSyncMaster$/);
    expect(await stood('2026-11-21 22:46:09')).toMatch(/: LockedSemiSyncMasterHypothesis$/);
  });

  it.each<[string, unknown, RegExp]>([
    ['is not JSON', '{', /case\.json cannot be read as JSON/],
    ['is a list of cases', [], /case\.json has no rows of orchestrator: the whole/],
    [
      'lacks a column',
      { now: '2026-11-21 22:46:19', instances: [{ hostname: 'a' }] },
      /: instances\.0\.port: /,
    ],
    ['has a time of another kind', { now: 'yesterday', instances: [] }, /: now: a time is written as 2017/],
  ])('refuses a file that %s, and says what is wrong', async (_, content, sentence) => {
    await expect(analysed('--orchestrator-rows', fileOf(content))).rejects.toMatchObject({
      code: 'rows-unreadable',
      exit: 2,
      message: expect.stringMatching(sentence),
    });
  });

  it('refuses a file that is not there', async () => {
    await expect(analysed('--orchestrator-rows', join(folder, 'none.json'))).rejects.toMatchObject({
      code: 'rows-unreadable',
      message: expect.stringMatching(/none\.json cannot be read as JSON: ENOENT/),
    });
  });
});
