import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';

const bin = fileURLToPath(builtTwin(new URL('../../src/bin.ts', import.meta.url).href));

/** A temporary folder that is the demo's alone, so that whatever it leaves behind is seen. */
async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-demo-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return folder;
}

const demo = (folder: string, ...words: string[]) =>
  runProgram(process.execPath, [bin, 'demo', ...words], { timeoutMs: 100_000, env: { TMPDIR: folder } });

/** Processes that name the folder on their command line. */
async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(folder));
}

describe('the demo', () => {
  it('kills a real primary, reports what became of it, and leaves nothing behind', async () => {
    const folder = await aFolder();
    const { exitCode, stdout, stderr } = await demo(folder);
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stderr).toContain('kill -9 of the primary');
    expect(stdout).toMatch(/detected {3}DeadMaster of 127\.0\.0\.1:\d+/);
    for (const stage of ['OnFailureDetection', 'PreFailover', 'PostMasterFailover', 'PostFailover']) {
      expect(stdout).toMatch(new RegExp(`hook +${stage}Processes +exited 0 after \\d+`));
    }
    expect(stdout).toMatch(/successor {2}127\.0\.0\.1:\d+/);
    expect(stdout).toMatch(/From the kill to the first accepted write: \d/);
    expect(stdout).toMatch(/Acknowledged writes: \d+ before the kill/);
    expect(await processesOf(folder)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves everything running with --keep, and says how to end it', async () => {
    const folder = await aFolder();
    const { exitCode, stdout } = await demo(folder, '--keep');
    expect(exitCode).toBe(0);
    expect((await processesOf(folder)).length).toBeGreaterThan(3);
    const [, pid = '', directory = ''] =
      /kill (\d+) && npx baton sandbox down --directory (\S+)/.exec(stdout) ?? [];
    const config = /baton topology --config (\S+)/.exec(stdout)?.[1] ?? '';
    const topology = await runProgram(process.execPath, [bin, 'topology', '--config', config], {
      timeoutMs: 20_000,
    });
    expect(topology.stdout).toMatch(/^\+ 127\.0\.0\.1:\d+/m);
    process.kill(Number(pid), 'SIGTERM');
    await runProgram(process.execPath, [bin, 'sandbox', 'down', '--directory', directory], {
      timeoutMs: 20_000,
    });
    await expect.poll(() => processesOf(folder), { timeout: 10_000 }).toEqual([]);
  });

  it('tells the same story on pretended servers', async () => {
    const folder = await aFolder();
    const { exitCode, stdout } = await demo(folder, '--simulated');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('DeadMaster');
    expect(stdout).toContain('is the primary now');
  });
});
