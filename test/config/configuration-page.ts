import { z } from 'zod';
import { CommandHook, ExecHook, HttpHook } from '../../src/config/hook-shapes.ts';
import type { Key } from '../../src/config/key.ts';
import { chapters, keyNames, keys } from '../../src/config/keys.ts';
import { retiredKeys } from '../../src/config/keys/retired.ts';

/** docs/reference/configuration.md, made of the table of keys. */
export function configurationPage(): string {
  return [
    '# Configuration',
    '',
    'Made from the table in `src/config/keys` by `test/config/reference.test.ts`; change the table, not this page.',
    '',
    'Baton reads one JSON file: the one that is named with `--config`; else `baton.json` of the folder it is run in, or of',
    '`/etc`; else `/etc/orchestrator.conf.json`, `conf/orchestrator.conf.json` and `orchestrator.conf.json`, a later one over an earlier one. Keys are',
    'orchestrator’s, and Baton’s own beside them. Case does not matter; a key that begins with `#` is a comment;',
    `secrets may be written as \`"\${VARIABLE}"\`. \`baton config check\` says what is wrong or doubtful, and`,
    '[config.schema.json](../../config.schema.json) lets an editor say it while you write, where the file has',
    '`"$schema": "…/config.schema.json"`. [config.example.json](../../config.example.json) has every key that is acted upon,',
    'with its default; `baton config keys` says of each key of a file what becomes of it.',
    '',
    'A hook is a command, or an object with one of `Command`, `Exec` and `Http`, and the options that it needs:',
    '',
    '```json',
    '"PostFailoverProcesses": [',
    '  "/opt/hooks/vip {failedHost} {successorHost}",',
    '  { "Command": "/opt/hooks/dns", "TimeoutSeconds": 30, "OnFailure": "abort", "OnResume": "ask", "Retries": 2 },',
    '  { "Exec": ["/opt/hooks/notify", "--cluster", "{failureClusterAlias}"], "Stdin": "facts", "Detached": true },',
    '  { "Http": { "Url": "https://chat.example.com/hook", "Secret": "${CHAT_KEY}" }, "Retries": 3 }',
    ']',
    '```',
    '',
    ...options(),
    '',
    '[hooks.md](hooks.md) says what each of them is for; `baton hooks list` says what would run when, and',
    '`baton hooks lint` what is wrong with it.',
    '',
    'Not every key of orchestrator’s has an effect. One that has none says why, and in what voice the check',
    'speaks when the file sets it: not at all, in a note, or in a warning where somebody relies on it.',
    '',
    ...Object.entries(chapters).flatMap(([title, rows]) => [`## ${title}`, '', ...table(rows)]),
    '## Retired by orchestrator itself',
    '',
    'Old files may hold these; nothing is said of them:',
    `${retiredKeys.map((name) => `\`${name}\``).join(', ')}.`,
    '',
  ].join('\n');
}

/** The options of each kind of hook, from the shapes that read them. */
function options(): readonly string[] {
  const shapes = { Command: CommandHook.shape, Exec: ExecHook.shape, Http: HttpHook.shape };
  const names = [...new Set(Object.values(shapes).flatMap((shape) => Object.keys(shape)))].toSorted(
    (a, b) => Number(b in shapes) - Number(a in shapes),
  );
  const lines = names.map((name) => {
    const goesWith = Object.entries(shapes).filter(([kind, shape]) => kind !== name && name in shape);
    const [[, shape] = ['', {}]] = Object.entries(shapes).filter(([, one]) => name in one);
    const { description = '' } = (shape as Record<string, z.ZodType>)[name]?.meta() ?? {};
    const kinds = goesWith.length === 3 ? 'each' : goesWith.map(([kind]) => `\`${kind}\``).join(', ');
    return `| \`${name}\` | ${name in shapes ? '' : kinds} | ${description} |`;
  });
  const request = Object.entries(HttpHook.shape.Http.shape).map(([name, shape]) => {
    return `| \`${name}\` | within \`Http\` | ${shape.meta()?.description ?? ''} |`;
  });
  return ['| Of a hook | Goes with | Meaning |', '| --- | --- | --- |', ...lines, ...request];
}

function table(rows: Readonly<Record<string, Key<unknown>>>): readonly string[] {
  const lines = Object.entries(rows).map(([name, { wants, fallback, means, standing }]) => {
    const effect =
      standing.use === 'used'
        ? ''
        : standing.use === 'mapped'
          ? ` *Its value is taken over by ${standing.to}.*`
          : ` *No effect (${voices[standing.whenSet]}): ${standing.because}*`;
    const cells = [`\`${name}\``, `\`${JSON.stringify(fallback)}\``, wants, `${means}${effect}`];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| Key | Default | Wants | Meaning |', '| --- | --- | --- | --- |', ...lines, ''];
}

const voices = { silence: 'nothing is said', note: 'a note', warning: 'a warning' } as const;

/** config.schema.json: a JSON Schema (2020-12) for editors. */
export function configSchema(): string {
  const properties = keyNames.map((name) => {
    const { schema, means, fallback } = keys[name];
    const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, { io: 'input' });
    return [name, { description: means, default: fallback, ...shape }];
  });
  const retired = retiredKeys.map((name) => [
    name,
    { description: 'orchestrator had stopped reading it.', deprecated: true },
  ]);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of Baton',
    type: 'object',
    properties: {
      $schema: { description: 'Where this JSON Schema lies, for editors.', type: 'string' },
      ...Object.fromEntries([...properties, ...retired]),
    },
    patternProperties: { '^#': {} },
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
