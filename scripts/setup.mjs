// Makes a fresh clone ready to run: npm packages, the build and the page, each only when it is out of date.
// Uses nothing but Node, for it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const [major] = process.versions.node.split('.').map(Number);

/** Runs a program in the checkout with its output on standard error; ends the process when it fails. */
export function mustRun(command, args, because) {
  process.stderr.write(`${because}\n`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  process.stderr.write(`baton: "${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}\n`);
  process.exit(1);
}

export function setUp() {
  if (major < 20) {
    process.stderr.write(`baton: Node 20 or newer is needed; this is ${process.versions.node}.\n`);
    process.exit(2);
  }
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = join(root, 'node_modules', '.baton-lock');
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
    // Not `npm ci`: it refuses a lock file that lacks optional packages of platforms which a registry did not have.
    mustRun(
      'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
      'Installing npm packages…',
    );
    writeFileSync(installed, lock);
  }
  const built = join(root, 'dist', '.built');
  if (!existsSync(built) || statSync(built).mtimeMs < newestSource()) {
    mustRun(
      process.execPath,
      [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'],
      'Building…',
    );
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(built, '');
  }
  const page = join(root, 'dist', 'web', '.built');
  if (!existsSync(page) || statSync(page).mtimeMs < newestIn(['web', 'src', 'workflows'])) {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    mustRun(process.execPath, [vite, 'build', '--config', 'web/vite.config.ts'], 'Building the page…');
  }
}

function newestSource() {
  const sources = newestIn(['src', 'workflows', 'bench', 'examples', 'test/processes']);
  return Math.max(sources, statSync(join(root, 'tsconfig.json')).mtimeMs);
}

function newestIn(folders) {
  const times = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map(
      (name) => statSync(join(root, folder, name)).mtimeMs,
    ),
  );
  return Math.max(...times);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
