import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

/** The floors of the house, lowest first. A file imports from its own room, or from a lower floor. */
const floors = [
  ['src/kernel'],
  ['src/topology', 'src/config', 'src/protocols', 'src/process', 'src/etcd'],
  ['src/analysis'],
  ['workflows'],
  ['src/engine'],
  [
    'src/steps',
    'src/drawing',
    'src/hooks',
    'src/mysql',
    'src/journal',
    'src/leadership',
    'src/signals',
    'src/publish',
    'src/telemetry',
    'src/sandbox',
  ],
  ['src/controller', 'src/migration'],
  ['src/simulation'],
  ['src/api', 'src/cli'],
  ['src/bin.ts', 'src/index.ts'],
];

/** Packages that are met in one place only. */
const homes: Record<string, RegExp> = {
  execa: /^src\/process\//,
  'tmp-promise': /^src\/hooks\/spawner\//,
  xstate: /^(workflows|src\/(engine|simulation|drawing))\//,
  'elkjs/lib/elk.bundled.js': /^src\/drawing\/layout\.ts$/,
  mysql2: /^src\/mysql\//,
  'mysql2/promise': /^src\/mysql\//,
  libsql: /^src\/journal\//,
  pino: /^src\/telemetry\//,
  'prom-client': /^src\/telemetry\//,
  'pino-pretty': /^src\/telemetry\//,
  fastify: /^src\/api\//,
  '@fastify/helmet': /^src\/api\//,
  '@opentelemetry/api': /^src\/telemetry\//,
  commander: /^src\/(cli\/|bin\.ts)/,
  nodemailer: /^src\/cli\/vrrp\//,
  saxes: /^src\/protocols\/pacemaker\//,
  picocolors: /^src\/(cli|telemetry)\//,
  'node:child_process': /^src\/(process|hooks\/spawner)\//,
  'node:worker_threads': /^src\/(journal\/|signals\/heartbeat\/|api\/drawing)/,
};
const pure = /^(src\/(kernel|topology|analysis|engine|simulation|protocols|drawing)|workflows)\//;
const worldly =
  /from 'node:|Date\.now|new Date\(\)|Math\.random|process\.|performance\.|setTimeout|setInterval/;
/** What a keyed digest is depends on nothing but what is digested, whoever computes it. */
const digests = "import { createHmac, timingSafeEqual } from 'node:crypto';";

const root = new URL('../..', import.meta.url).pathname;
const text = (file: string) => readFileSync(root + file, 'utf8');
const room = (path: string) =>
  floors.flat().find((name) => path === name || path.startsWith(`${name}/`)) ?? '';
const floor = (path: string) => floors.findIndex((rooms) => rooms.includes(room(path)));
const files = ['src', 'workflows'].flatMap((top) =>
  readdirSync(root + top, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(top, name)),
);
const imports = files.flatMap((file) =>
  [...text(file).matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, name = '']) => ({ file, name })),
);

it('has a room for every file', () => {
  expect(files.filter((file) => floor(file) < 0)).toEqual([]);
});

it('is only ever walked downwards', () => {
  const astray = imports
    .filter(({ name }) => name.startsWith('.'))
    .filter(({ file, name }) => {
      const target = relative(root, join(root, dirname(file), name));
      return room(target) !== room(file) && floor(target) >= floor(file);
    });
  expect(astray).toEqual([]);
});

it('meets each outside package in its own place', () => {
  expect(imports.filter(({ file, name }) => homes[name] !== undefined && !homes[name].test(file))).toEqual(
    [],
  );
});

it('keeps the pure rooms away from clock, chance and world', () => {
  expect(files.filter((file) => pure.test(file) && worldly.test(text(file).replace(digests, '')))).toEqual(
    [],
  );
});

const page = readdirSync(`${root}web/src`, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join('web/src', name));

it('lets the page bring the pure rooms into the browser and nothing else of the house', () => {
  const brought = page.flatMap((file) =>
    [...text(file).matchAll(/^import (?!type )[^;]*?from '([^']+)'/gm)].map(([, name = '']) => ({
      file,
      name,
    })),
  );
  const strange = brought
    .filter(({ name }) => name.startsWith('.'))
    .map(({ file, name }) => ({ file, target: relative(root, join(root, dirname(file), name)) }))
    .filter(({ target }) => !target.startsWith('web/src/') && !pure.test(target));
  expect(strange).toEqual([]);
});

it('keeps the page from other hosts', () => {
  expect(page.filter((file) => /https?:\/\/|fonts\.|cdn\./.test(text(file)))).toEqual([]);
});
