import { type KeyName, chapters, defaultConfig, keys } from '../../src/config/keys.ts';

/** What stands in the example in the place of a default, so that it says how such a value is written. */
const shown: Partial<Record<KeyName, unknown>> = {
  StateFile: '/var/lib/baton/baton.sqlite',
  DiscoverySeeds: ['db1.example.com:3306'],
  MySQLTopologyUser: 'baton',
  MySQLTopologyPassword: '${BATON_MYSQL_PASSWORD}',
  RecoverMasterClusterFilters: ['*'],
};

/** Older words for other keys, and one that is heard only where another is not given. */
const leftOut: ReadonlySet<string> = new Set(['RecoveryPeriodBlockMinutes']);

/** config.example.json: each key that is acted upon, under its chapter, with its default or an example. */
export function exampleFile(): string {
  const lines = Object.entries(chapters).flatMap(([title, rows]) => {
    const names = (Object.keys(rows) as KeyName[]).filter(
      (name) => keys[name].standing.use === 'used' && !leftOut.has(name),
    );
    if (names.length === 0) return [];
    return [
      ['', `  "# ${title}": "docs/reference/configuration.md says what each key means",`],
      names.map((name) => `  "${name}": ${JSON.stringify(shown[name] ?? defaultConfig[name])},`),
    ].flat();
  });
  return `{\n  "$schema": "./config.schema.json",\n${lines.join('\n').replace(/,$/, '')}\n}\n`;
}
