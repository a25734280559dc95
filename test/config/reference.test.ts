import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../src/config/doctor.ts';
import { chapters, keyNames, keys } from '../../src/config/keys.ts';
import { retiredKeys } from '../../src/config/keys/retired.ts';
import { configurationPage, configSchema } from './configuration-page.ts';
import { exampleFile } from './example-file.ts';
import { examined } from './given.ts';

it('the reference says what the table says (-u writes it anew)', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../docs/reference/configuration.md');
});

it('the JSON Schema says what the table says (-u writes it anew)', async () => {
  await expect(configSchema()).toMatchFileSnapshot('../../config.schema.json');
});

it('every key stands in one chapter, with a whole sentence and a default that it would accept', () => {
  const listed = Object.values(chapters).flatMap((rows) => Object.keys(rows));
  expect([...listed].sort()).toEqual([...keyNames].sort());
  expect(keyNames.filter((name) => !keys[name].means.endsWith('.'))).toEqual([]);
  expect(
    keyNames.filter((name) => {
      const { kind, schema, fallback } = keys[name];
      return kind !== 'hooks' && !schema.safeParse(fallback).success;
    }),
  ).toEqual([]);
});

it('no two keys, in use or retired, differ by case alone', () => {
  const names = [...keyNames, ...retiredKeys].map((name) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
});

const quiet = {
  secretFiles: [],
  exists: (path: string) => path === '/bin/bash' || path.startsWith('/'),
  isExecutable: () => true,
  isReadableByAll: () => true,
  environment: { PATH: '/bin', BATON_MYSQL_PASSWORD: 'x' },
};
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('the example has every key that is acted upon (-u writes it anew)', async () => {
  await expect(exampleFile()).toMatchFileSnapshot('../../config.example.json');
});

it.each([
  ['the example', () => exampleFile()],
  [
    'the smallest useful file, in the README',
    () => /```json\n(\{\n[^`]*"DiscoverySeeds"[^`]*\})\n```/.exec(readme)?.[1] ?? '',
  ],
])('%s is valid, and there is nothing to be said of it', async (_name, text) => {
  const { config, sentences } = await examined(text(), { environment: { BATON_MYSQL_PASSWORD: 'x' } });
  expect(sentences).toEqual([]);
  expect(config === null ? null : diagnose(config, quiet)).toEqual([]);
});

it('the JSON Schema takes the example, and every kind of key that stands in it', () => {
  const { properties } = JSON.parse(configSchema()) as { properties: Record<string, object> };
  const example = Object.keys(JSON.parse(exampleFile()) as object).filter((name) => !name.startsWith('#'));
  expect(example.filter((name) => !(name in properties))).toEqual([]);
});
