import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../src/config/keys.ts';
import { listeningChapter, journalChapter } from '../../../src/cli/doctor/machine.ts';
import { clocksChapter, grantsChapter, queriesChapter } from '../../../src/cli/doctor/servers.ts';
import { examinationText } from '../../../src/cli/doctor/text.ts';
import type { Met, Visit } from '../../../src/cli/doctor/visit.ts';
import { paintFor } from '../../../src/cli/paint.ts';

const met: Met = {
  flavour: 'mysql',
  version: '8.4.3',
  account: 'baton@%',
  lacks: [],
  clockAheadMs: 20,
  refusedQueries: new Map(),
};
const visited = (key: Visit['key'], given: Partial<Met>): Visit => ({
  key,
  met: { ...met, ...given },
  error: null,
});

describe('the doctor', () => {
  it('gives servers that lack the same one statement', () => {
    const lacks = ['RELOAD', 'PROCESS'];
    const visits = [
      visited('a:1', { lacks }),
      visited('b:1', {}),
      visited('c:1', { lacks }),
      visited('d:1', { lacks: ['PROCESS'] }),
    ];
    const { troubles } = grantsChapter(visits);
    expect(troubles.map(({ fix }) => fix)).toEqual([
      "GRANT RELOAD, PROCESS ON *.* TO 'baton'@'%';",
      "GRANT PROCESS ON *.* TO 'baton'@'%';",
    ]);
    expect(troubles[0]?.text).toContain('on a:1, c:1');
  });

  it('speaks of a clock only where it is far from this machine’s', () => {
    const visits = [visited('a:1', { clockAheadMs: -61_000 }), visited('b:1', { clockAheadMs: 1_900 })];
    expect(clocksChapter(visits).troubles.map(({ text }) => text)).toEqual([
      "the clock of a:1 is 61 seconds behind this machine's",
    ]);
  });

  it('says which query of the operator’s fails where, once for servers that say the same', () => {
    const refusedQueries = new Map([['DetectRegionQuery', 'SELECT command denied to user']]);
    const visits = [visited('a:1', { refusedQueries }), visited('b:1', { refusedQueries })];
    expect(queriesChapter(visits).troubles).toEqual([
      expect.objectContaining({
        text: 'DetectRegionQuery fails on a:1, b:1: SELECT command denied to user',
        fix: "GRANT SELECT on what it reads to 'baton'@'%'",
      }),
    ]);
  });

  it('warns of an API that is open to other machines, and of no other', () => {
    const says = (given: Partial<typeof defaultConfig>) =>
      listeningChapter({ ...defaultConfig, ...given }).troubles.length;
    expect(says({ ListenAddress: ':3000' })).toBe(1);
    expect(says({ ListenAddress: ':3000', AuthenticationMethod: 'token' })).toBe(0);
    expect(says({ ListenAddress: ':3000', ReadOnly: true })).toBe(0);
    expect(says({ ListenAddress: '127.0.0.1:3000' })).toBe(0);
    expect(says({})).toBe(0);
  });

  it('says that the folder of the state file is not there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-doctor-'));
    const chapter = (path: string) => journalChapter({ ...defaultConfig, StateFile: join(folder, path) });
    expect(chapter('none/baton.sqlite').troubles[0]?.fix).toBe(`mkdir -p ${folder}/none`);
    expect(chapter('baton.sqlite').troubles.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('prints a line for what is well, and each trouble with its remedy beneath', () => {
    const paint = paintFor({ print: () => {}, say: () => {}, colours: false });
    const troubles = [
      { severity: 'error', text: 'x is wrong', fix: 'mend x' },
      { severity: 'warning', text: 'y is doubtful', fix: null },
    ] as const;
    const text = examinationText(
      [
        { title: 'Hooks', found: '3 hooks', troubles: [] },
        { title: 'Servers', found: 'none', troubles },
      ],
      paint,
    );
    expect(text).toBe(
      [
        '  ok   Hooks    3 hooks',
        'WRONG  Servers  x is wrong',
        '                → mend x',
        '  ?             y is doubtful',
      ].join('\n'),
    );
  });
});
