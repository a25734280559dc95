// `npm test`: sets the checkout up, checks types, lint, format and dead exports, and runs every test.
// `--fast` leaves out the checks and the tests that need real servers.
// The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

const fast = process.argv.includes('--fast');
setUp();

const failedChecks = fast ? 0 : checks();
const { passed, failed, status } = tests();
process.stdout.write(`${passed} passed, ${failed + failedChecks} failed\n`);
process.exitCode = status === 0 && failed + failedChecks === 0 ? 0 : 1;

function checks() {
  const { status: checked } = spawnSync('npm', ['run', '--silent', 'check'], { cwd: root, stdio: 'inherit' });
  if (checked !== 0) process.stdout.write('npm run check failed\n');
  return checked === 0 ? 0 : 1;
}

function tests() {
  const folder = mkdtempSync(join(tmpdir(), 'baton-test-'));
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const projects = fast ? ['--project', 'fast'] : [];
  const args = [
    vitest,
    'run',
    ...projects,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { status: ran } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that cannot even be loaded fails without a failed test of its own.
    const broken = numFailedTests === 0 ? numFailedTestSuites : 0;
    return { passed: numPassedTests, failed: numFailedTests + broken, status: ran };
  } catch {
    return { passed: 0, failed: 1, status: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
