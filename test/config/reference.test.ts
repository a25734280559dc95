import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../src/config/doctor.ts';
import { chapters, keyNames, keys } from '../../src/config/keys.ts';
import { retiredKeys } from '../../src/config/keys/retired.ts';
import { configurationPage, configSchema } from './configuration-page.ts';
import { examined } from './given.ts';

it('the reference says what the table says (-u writes it anew)', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../docs/reference/configuration.md');
});

it('the JSON Schema says what the table says (-u writes it anew)', async () => {
  await expect(configSchema()).toMatchFileSnapshot('../../docs/reference/config.schema.json');
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

it('the example is the smallest useful file: valid, and nothing to be said of it', async () => {
  const text = readFileSync(new URL('../../config.example.json', import.meta.url), 'utf8');
  const { config, sentences } = await examined(text, { environment: { BATON_MYSQL_PASSWORD: 'x' } });
  const quiet = {
    secretFiles: [],
    exists: () => false,
    isExecutable: () => false,
    isReadableByAll: () => true,
    environment: {},
  };
  expect(sentences).toEqual([]);
  expect(config === null ? null : diagnose(config, quiet)).toEqual([]);
});
