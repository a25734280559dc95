import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { findByArgument } from '../../src/process/recorded-process.ts';
import { aFolder, aSpawner, isGone, livesIn, never, patient, pidIn, untilThere } from './a-spawner.ts';

/** Needs the compiled spawner, bash and /proc; no server. */

/** All files below a folder, as far as they stay while one looks. */
function bytesIn(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** Bytes in files that a process holds open although they have no name any more. */
function bytesUnlinked(pid: number): number {
  const held = readdirSync(`/proc/${pid}/fd`).map((fd) =>
    statSync(`/proc/${pid}/fd/${fd}`, { throwIfNoEntry: false }),
  );
  return held.reduce((sum, file) => sum + (file?.isFile() && file.nlink === 0 ? file.size : 0), 0);
}

/** The process group of a process. */
function leaderOf(pid: number): number {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[2]);
}

/** A file system of 256 KiB; null where this user may not mount one. */
function aSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'baton-disk-'));
  const { status } = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', folder], {
    stdio: 'ignore',
  });
  onTestFinished(() => {
    if (status === 0) spawnSync('/bin/umount', ['-l', folder]);
    rmdirSync(folder);
  });
  return status === 0 ? folder : null;
}

describe('a script', () => {
  it('is run from a file of its own that only its owner may read, with nothing on its standard input', async () => {
    const { run, folder } = await aSpawner();
    const script = 'echo "$0"; stat -c %a "$0"; echo "input: $(cat)"; echo "$WORD" >&2';
    const { output, ...outcome } = await run(script, { variables: { WORD: "it's\n$here" } });
    expect(outcome).toMatchObject({ ended: 'exited', exitCode: 0, signal: null, because: null });
    const [file = '', ...rest] = output.split('\n');
    expect(file).toMatch(/\/orchestrator-process-cmd-\d+$/);
    expect(rest).toEqual(['600', 'input: ', "it's", '$here', '']);
    await vi.waitFor(() => expect(existsSync(file)).toBe(false), patient);
    expect(livesIn(folder)).toHaveLength(1);
  });

  it('answers with its exit code, or with the signal that ended it', async () => {
    const { run } = await aSpawner();
    expect(await run('exit 11', { key: '1' })).toMatchObject({ ended: 'exited', exitCode: 11 });
    expect(await run('kill -KILL $$', { key: '2' })).toMatchObject({ ended: 'signalled', signal: 'SIGKILL' });
  });

  it('that does not end in time is killed with all its children, though none of them heeds SIGTERM (P6)', async () => {
    const { run, folder } = await aSpawner();
    const child = join(folder, 'child');
    const script = `trap '' TERM; (echo $BASHPID > ${child}; while :; do sleep 1; done) & while :; do sleep 1; done`;
    expect(await run(script, { timeoutMs: 300 })).toMatchObject({
      ended: 'timed-out',
      exitCode: null,
      signal: 'SIGKILL',
      because: 'its time was 300 ms',
    });
    await vi.waitFor(() => expect(isGone(pidIn(child))).toBe(true), patient);
  });

  it('is stopped when its stage is left', async () => {
    const { run, folder } = await aSpawner();
    const started = join(folder, 'started');
    const leaving = new AbortController();
    const outcome = run(`echo > ${started}; while :; do sleep 1; done`, { signal: leaving.signal });
    await untilThere(started);
    leaving.abort(new Error('cancelled by ann'));
    expect(await outcome).toMatchObject({
      ended: 'signalled',
      signal: 'SIGTERM',
      because: 'it was stopped: cancelled by ann',
    });
  });

  it('that removes the folders it is run from is answered for, and the next one runs', async () => {
    const { run, folder } = await aSpawner({ directory: join(await aFolder(), 'hooks') });
    expect(await run(`rm -rf ${folder}/life-*`, { key: '1' })).toMatchObject({ exitCode: 0 });
    expect(await run(`rm -rf ${folder}`, { key: '2' })).toMatchObject({ exitCode: 0 });
    expect(await run('echo hello', { key: '3' })).toMatchObject({ exitCode: 0, output: 'hello\n' });
  });

  it('that removes the folders and ends its spawner counts as lost, and the next one runs', async () => {
    const { run, folder } = await aSpawner({ directory: join(await aFolder(), 'hooks') });
    const lost = await run(`rm -rf ${folder}; kill -KILL $PPID`, { key: '1' });
    expect(lost).toMatchObject({ ended: 'unknown', because: 'the process that ran it died (SIGKILL)' });
    expect(await run('echo hello', { key: '2' })).toMatchObject({ exitCode: 0, output: 'hello\n' });
  });

  it('that leaves a child behind with its output open is not waited for', async () => {
    const { run } = await aSpawner();
    const { output, tookMs } = await run('sleep 600 & echo $!');
    process.kill(Number(output), 'SIGKILL');
    expect(tookMs).toBeLessThan(60_000);
  });

  it('may say any amount: the first and the last of it are kept, the gap is marked, and the disk stays free', async () => {
    const { run, folder } = await aSpawner({ outputLimitBytes: 10_000 });
    let largest = 0;
    const looking = setInterval(() => {
      largest = Math.max(largest, bytesIn(folder));
    }, 5);
    const flood = 'head -c 1G /dev/zero | tr "\\0" x';
    const { output, exitCode } = await run(`echo first; ${flood}; echo; echo last`);
    clearInterval(looking);
    expect(exitCode).toBe(0);
    expect(output.length).toBeLessThan(10_100);
    expect(output).toMatch(/^first\nx+\n… \d+ bytes or more are left out …\nx+\n/);
    // What is written in the instant of a cut is lost, and that is said; the last line may be it.
    expect(output).toMatch(/(?:x\nlast\n|… and perhaps a little here …\n(?:last\n)?\n?)$/);
    expect(largest).toBeLessThan(256 * 2 ** 20);
  });

  it('may say what is no text: it is kept as far as it is, and a character is never cut in two', async () => {
    const { run } = await aSpawner({ outputLimitBytes: 100 });
    const bytes = await run(`printf 'a\\0b\\377c'`, { key: '1' });
    expect(bytes.output).toBe('a\0b\uFFFDc');
    const { output } = await run(`printf a; printf 'é%.0s' {1..400}`, { key: '2' });
    expect(output).toMatch(/^aé{24}\n… 702 bytes are left out …\né{25}$/);
  });

  it('is heard while it runs, in whole lines and no more of it than is kept', async () => {
    const { run, folder } = await aSpawner({
      outputLimitBytes: 1_000,
      redact: (text) => text.replaceAll('pw', '***'),
    });
    const go = join(folder, 'go');
    const heard: string[] = [];
    const script = `echo 'the pw is said'; printf 'half a'; while [ ! -e ${go} ]; do sleep 0.05; done; echo ' line'; yes | head -c 100000; sleep 0.5`;
    const outcome = run(script, { said: (text) => void heard.push(text) });
    await vi.waitFor(() => expect(heard).toEqual(['the *** is said\n']), patient);
    writeFileSync(go, '');
    await vi.waitFor(() => expect(heard.join('')).toMatch(/^the \*\*\* is said\nhalf a line\ny\n/), patient);
    expect((await outcome).output).toMatch(/^the \*\*\* is said\nhalf a line\ny\n/);
    expect(heard.join('').length).toBeLessThanOrEqual(1_000);
  });

  it('whose output nobody hears any more is kept small on the disk', async () => {
    const { run, folder } = await aSpawner();
    const { output } = await run('(while sleep 0.01; do head -c 1M /dev/zero; done) & echo $!');
    onTestFinished(() => void process.kill(-leaderOf(Number(output)), 'SIGKILL'));
    const spawner = pidIn(join(folder, livesIn(folder)[0] ?? '', 'pid'));
    await vi.waitFor(() => expect(bytesUnlinked(spawner)).toBeGreaterThan(2 ** 20), patient);
    await vi.waitFor(() => expect(bytesUnlinked(spawner)).toBeLessThan(2 ** 20), patient);
  });

  it('is given its document on standard input, whole, and never waits for somebody to write it', async () => {
    const { run } = await aSpawner();
    const document = JSON.stringify({ text: "it's 50 % $(done) é\n".repeat(20_000) });
    expect((await run('wc -c', { key: '1', document })).output.trim()).toBe(
      String(Buffer.byteLength(document)),
    );
    expect(await run('exit 3', { key: '2', document })).toMatchObject({ exitCode: 3 });
    expect((await run('head -c 9 /dev/stdin; ls -l /proc/self/fd/0', { key: '3', document })).output).toMatch(
      /^\{"text":".*\(deleted\)\n$/,
    );
  });

  it('that no shell can be found for is not started, and the reason says so', async () => {
    const missing = await aSpawner({ shell: '/nowhere/bash' });
    expect(await missing.run('true')).toMatchObject({
      ended: 'not-started',
      exitCode: 127,
      because: 'there is no program /nowhere/bash, which ProcessesShellCommand names (exit 127)',
    });
    const forbidden = await aSpawner({ shell: '/etc/passwd' });
    expect(await forbidden.run('true')).toMatchObject({
      ended: 'not-started',
      exitCode: 126,
      because:
        '/etc/passwd, which ProcessesShellCommand names, is not executable for the user that Baton runs as (exit 126)',
    });
  });

  it('exits 126 and 127 by its own word where its shell was started', async () => {
    const { run } = await aSpawner();
    expect(await run('/etc/passwd', { key: '1' })).toMatchObject({ ended: 'exited', exitCode: 126 });
    expect(await run('/nowhere/program', { key: '2' })).toMatchObject({ ended: 'exited', exitCode: 127 });
  });

  it('for which the disk has no room is not started and says so; the next one runs when there is room', async ({
    skip,
  }) => {
    const disk = aSmallDisk();
    if (disk === null) skip('mounting a small disk needs root');
    const folder = join(disk ?? '', 'hooks');
    const { run } = await aSpawner({ directory: folder });
    expect(await run('echo before', { key: '1' })).toMatchObject({ output: 'before\n' });
    // Its files go a moment after its outcome came, and would leave room.
    const [life = ''] = livesIn(folder);
    await vi.waitFor(() => expect(readdirSync(join(folder, life))).toEqual(['pid']), patient);
    const full = join(disk ?? '', 'full');
    spawnSync('dd', ['if=/dev/zero', `of=${full}`, 'bs=4096'], { stdio: 'ignore' });
    expect(await run(`echo ${'x'.repeat(5_000)}`, { key: '2' })).toMatchObject({
      ended: 'not-started',
      because: expect.stringMatching(/^there is no room for its files: ENOSPC/),
    });
    rmSync(full);
    expect(await run('echo after', { key: '3' })).toMatchObject({ ended: 'exited', output: 'after\n' });
  });

  it('does not wait for others', async () => {
    const { run } = await aSpawner();
    const all = Array.from({ length: 100 }, (_, index) => run(`echo ${index}`, { key: String(index) }));
    const outputs = (await Promise.all(all)).map(({ output }) => output);
    expect(outputs).toEqual(Array.from({ length: 100 }, (_, index) => `${index}\n`));
  });
});

describe('the environment of a hook', () => {
  it('is the controller’s, without what holds secrets and without what the spawner needs', async () => {
    vi.stubEnv('BATON_TEST_PASSWORD', 'secret');
    vi.stubEnv('BATON_TEST_WORD', 'word');
    onTestFinished(() => void vi.unstubAllEnvs());
    const withhold = ['BATON_TEST_PASSWORD'];
    const { run } = await aSpawner({ environment: { kind: 'inherit', withhold } });
    const { output } = await run('env');
    expect(output).toContain('BATON_TEST_WORD=word');
    expect(output).not.toMatch(/BATON_TEST_PASSWORD|NODE_CHANNEL/);
  });

  it('is next to nothing when it is to be clean', async () => {
    const { run } = await aSpawner({ environment: { kind: 'clean', withhold: [] } });
    const { output } = await run('env | sed "s/=.*//"', { variables: { ORC_COMMAND: '' } });
    const names = output.trim().split('\n');
    const expected = [
      'PATH',
      'HOME',
      'LANG',
      'TMPDIR',
      'ORC_COMMAND',
      'PWD',
      'SHLVL',
      '_',
      'OLDPWD',
      'BATON_HOOK_RUN_ID',
    ];
    expect(names.filter((name) => !expected.includes(name))).toEqual([]);
    expect(names).toContain('ORC_COMMAND');
  });
});

describe('a controller that is killed while a hook runs', () => {
  /** Runs `script` under the key `run/1` from a controller of its own, which dies as soon as `started` is there. */
  async function killedWhileRunning(folder: string, script: string, started: string): Promise<void> {
    const entry = fileURLToPath(
      builtTwin(new URL('../processes/dying-spawner-owner.ts', import.meta.url).href),
    );
    const controller = fork(entry, [folder, script], { stdio: 'ignore' });
    await untilThere(started);
    controller.kill('SIGKILL');
    await once(controller, 'exit');
  }

  it('has a successor that waits for the hook, learns its true outcome and does not start it again (P2)', async () => {
    const folder = await aFolder();
    const [started, go] = [join(folder, 'started'), join(folder, 'go')];
    const script = `echo x >> ${started}; while [ ! -e ${go} ]; do sleep 0.05; done; echo done; exit 7`;
    await killedWhileRunning(folder, script, started);
    const { spawner } = await aSpawner({ directory: folder });
    const outcome = spawner.outcomeOf('run/1', never);
    writeFileSync(go, '');
    expect(await outcome).toMatchObject({ ended: 'exited', exitCode: 7, output: 'done\n' });
    expect(readFileSync(started, 'utf8')).toBe('x\n');
    expect(await spawner.outcomeOf('run/1', never)).toMatchObject({ exitCode: 7 });
    await vi.waitFor(() => expect(livesIn(folder)).toHaveLength(1), patient);
  });

  it('has its hooks ended in time all the same', async () => {
    const folder = await aFolder();
    const started = join(folder, 'started');
    await killedWhileRunning(folder, `echo $$ > ${started}; while :; do sleep 1; done`, started);
    const { spawner } = await aSpawner({ directory: folder });
    expect(await spawner.outcomeOf('run/1', never)).toMatchObject({ ended: 'timed-out' });
    expect(isGone(pidIn(started))).toBe(true);
  });

  it('has a successor that wakes its spawner when a script has stopped that', async () => {
    const folder = await aFolder();
    const started = join(folder, 'started');
    const script = `kill -STOP $PPID; echo $$ > ${started}; while :; do sleep 1; done`;
    await killedWhileRunning(folder, script, started);
    const { spawner } = await aSpawner({ directory: folder });
    expect(await spawner.outcomeOf('run/1', never)).toMatchObject({ ended: 'timed-out' });
    expect(isGone(pidIn(started))).toBe(true);
  });

  it('has a successor that does not know what never ran', async () => {
    const { spawner } = await aSpawner();
    expect(await spawner.outcomeOf('run/9', never)).toBeNull();
  });
});

describe('a spawner that a script has stopped', () => {
  it('goes on soon, and ends the script in time (P6)', async () => {
    const { run } = await aSpawner();
    const outcome = await run('kill -STOP $PPID; while :; do sleep 1; done', { timeoutMs: 500 });
    expect(outcome).toMatchObject({ ended: 'timed-out' });
  });
});

describe('a spawner that is killed', () => {
  it('takes its hooks with it; their outcome is not known, and the next hook has a new spawner', async () => {
    const { run, folder } = await aSpawner();
    const started = join(folder, 'started');
    const outcome = run(`echo $$ > ${started}; while :; do sleep 1; done`);
    await untilThere(started);
    process.kill(pidIn(join(folder, livesIn(folder)[0] ?? '', 'pid')), 'SIGKILL');
    expect(await outcome).toMatchObject({
      ended: 'unknown',
      because: 'the process that ran it died (SIGKILL)',
    });
    await vi.waitFor(() => expect(isGone(pidIn(started))).toBe(true), patient);
    expect(await run('echo again', { key: 'run/2' })).toMatchObject({ ended: 'exited', output: 'again\n' });
  });

  it('together with its controller is swept away at the next start, and so is the hook it left', async () => {
    const folder = await aFolder();
    const started = join(folder, 'started');
    const entry = fileURLToPath(
      builtTwin(new URL('../processes/dying-spawner-owner.ts', import.meta.url).href),
    );
    const controller = fork(entry, [folder, `echo $0 > ${started}; while :; do sleep 1; done`], {
      stdio: 'ignore',
    });
    await untilThere(started);
    const [life = ''] = livesIn(folder);
    controller.kill('SIGSTOP');
    const pid = pidIn(join(folder, life, 'pid'));
    process.kill(pid, 'SIGKILL');
    controller.kill('SIGKILL');
    await once(controller, 'exit');
    await vi.waitFor(() => expect(isGone(pid)).toBe(true), patient);
    const script = readFileSync(started, 'utf8').trim();
    expect(findByArgument(script)).not.toBeNull();
    const { spawner } = await aSpawner({ directory: folder });
    expect(livesIn(folder)).not.toContain(life);
    await vi.waitFor(() => expect(findByArgument(script)).toBeNull(), patient);
    expect(await spawner.outcomeOf('run/1', never)).toBeNull();
  });

  it('is not mistaken for another process that has its pid now', async () => {
    const folder = await aFolder();
    mkdirSync(join(folder, 'life-before'));
    writeFileSync(join(folder, 'life-before', 'pid'), String(process.pid));
    await aSpawner({ directory: folder });
    expect(livesIn(folder)).not.toContain('life-before');
  });
});
