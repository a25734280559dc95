import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyNamed, keyNames, keys } from '../../src/config/keys.ts';
import { verdictOn } from '../../src/config/verdict.ts';

const root = new URL('../..', import.meta.url).pathname;

/** The keys that orchestrator 3.2.6 reads, and those that its forks added. */
const listed = JSON.parse(
  readFileSync(join(root, 'test/fixtures/config/orchestrator-keys.json'), 'utf8'),
) as Record<'orchestrator' | 'percona' | 'proxysql', string[]>;

describe.each([
  ['orchestrator', 190],
  ['percona', 11],
  ['proxysql', 14],
] as const)('the keys of %s', (whose, count) => {
  it('are all known, each by its own name', () => {
    expect(listed[whose]).toHaveLength(count);
    expect(listed[whose].filter((name) => keyNamed(name) !== name)).toEqual([]);
  });

  it('are honoured, or say why they are not', () => {
    const silent = listed[whose].filter((name) => {
      const known = keyNamed(name);
      if (known === null) return true;
      const { verdict, because } = verdictOn(known);
      return verdict !== 'honoured' && !/^.{10,}\.$/s.test(because);
    });
    expect(silent).toEqual([]);
  });
});

it('a key that takes another’s value over is there, and is no older word itself', () => {
  const lost = keyNames.filter((name) => {
    const { standing } = keys[name];
    return (
      standing.use === 'mapped' &&
      (keyNamed(standing.to) === null || keys[keyNamed(standing.to) ?? name].standing.use === 'mapped')
    );
  });
  expect(lost).toEqual([]);
});

/** The code of src but for some of its files, without its doc comments. */
function codeBut(left: RegExp): string {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !left.test(file))
    .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
    .join('\n')
    .replace(/\/\*\*.*?\*\//gs, '');
}

/** Read by baton import alone, or names of other things too. */
const readForOnce = /^(BackendDB|SQLite3DataFile|MySQLOrchestrator|SSLSkipVerify$|RaftAdvertise$)/;

it('a key of which it is said that it has an effect is read somewhere', () => {
  const code = codeBut(/^config\/keys\//);
  const unread = keyNames.filter(
    (name) => keys[name].standing.use === 'used' && !new RegExp(`\\b${name}\\b`).test(code),
  );
  expect(unread).toEqual([]);
});

it('a key of which it is said that it has none is read nowhere', () => {
  const code = codeBut(/^config\//);
  const read = keyNames.filter(
    (name) =>
      keys[name].standing.use === 'accepted' &&
      !readForOnce.test(name) &&
      new RegExp(`\\b${name}\\b`).test(code),
  );
  expect(read).toEqual([]);
});
