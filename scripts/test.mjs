// `npm test`: sets the checkout up, checks types, lint, format and dead exports, and runs every test.
// `--fast` leaves out the checks and the tests that need real servers.
// A live test that failed is tried once more with the machine to itself, and named: docs/decisions/0032.
// The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root, setUp } from './setup.mjs';

const fast = process.argv.includes('--fast');
setUp();

const failedChecks = fast ? 0 : checks();
const folder = mkdtempSync(join(tmpdir(), 'baton-test-'));
const outcome = settled(run(fast ? ['--project', 'fast'] : []));
rmSync(folder, { recursive: true, force: true });
const failed = outcome.failed.length + outcome.broken + failedChecks;
for (const one of outcome.again) process.stdout.write(`passed only when it was tried again: ${one}\n`);
for (const one of outcome.failed) process.stdout.write(`failed: ${one}\n`);
process.stdout.write(`${outcome.passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function checks() {
  const { status: checked } = spawnSync('npm', ['run', '--silent', 'check'], { cwd: root, stdio: 'inherit' });
  if (checked !== 0) process.stdout.write('npm run check failed\n');
  return checked === 0 ? 0 : 1;
}

/** What came of a run: how many passed, the failed ones as `file > title`, and how much failed that is no test. */
function run(args) {
  const report = join(folder, `${args.length}.json`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...args, ...reporters], {
    cwd: root,
    stdio: 'inherit',
  });
  try {
    const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter((one) => one.status === 'failed')
        .map(({ fullName }) => `${relative(root, name)} > ${fullName}`),
    );
    // A file that cannot even be loaded fails without a failed test of its own; so may what no test waits for.
    return { passed: numPassedTests, failed, broken: status !== 0 && failed.length === 0 ? 1 : 0, again: [] };
  } catch {
    return { passed: 0, failed: [], broken: 1, again: [] };
  }
}

/** The same, when the live tests that failed have had a second try; many that fail are no accident and get none. */
function settled(first) {
  const fileOf = (one) => one.slice(0, one.indexOf(' > '));
  const live = first.failed.filter((one) => one.startsWith(join('test', 'live')));
  if (live.length === 0 || live.length > 5) return first;
  process.stdout.write(`${live.length} live tests failed and are tried once more\n`);
  const second = run([
    '--project',
    'live',
    '--project',
    'timed',
    '--maxWorkers=1',
    ...new Set(live.map(fileOf)),
  ]);
  const again = second.broken > 0 ? [] : live.filter((one) => !second.failed.includes(one));
  const passed = first.passed + again.length;
  const failed = [...new Set([...first.failed, ...second.failed])].filter((one) => !again.includes(one));
  return { passed, failed, broken: first.broken + second.broken, again };
}
