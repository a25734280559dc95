import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { aController, answering, aScene, configured, portOn } from './scene.ts';

const patient = { timeout: 30_000, interval: 50 };
const bin = fileURLToPath(builtTwin(new URL('../../src/bin.ts', import.meta.url).href));
const run = (file: string) =>
  runProgram(process.execPath, [bin, 'run', '--config', file], { timeoutMs: 30_000 });

async function aFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bad-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'baton.json');
  await writeFile(file, text);
  return file;
}

const aConfig = (more: object) =>
  aFile(JSON.stringify({ MySQLTopologyUser: 'baton', MySQLTopologyPassword: 'x', ...more }));

describe('a controller that cannot start', () => {
  it('says so of a configuration that is no JSON, by line and column', async () => {
    const { exitCode, stderr, stdout } = await run(await aFile('{\n  "InstancePollSeconds": 5,\n}\n'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/baton\.json, line 2, column 27: a comma/);
  });

  it('names every key of a wrong type, what it means and what it wants', async () => {
    const { exitCode, stderr } = await run(
      await aConfig({ InstancePollSeconds: 'five', RecoverMasterClusterFilters: '*' }),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('InstancePollSeconds');
    expect(stderr).toContain('RecoverMasterClusterFilters');
  });

  it('names a seed whose host is unknown', async () => {
    const { exitCode, stderr } = await run(await aConfig({ DiscoverySeeds: ['no-such-host.invalid:3306'] }));
    expect(exitCode).toBe(3);
    expect(stderr).toContain('the host name of no-such-host.invalid:3306 does not resolve');
  });

  it('names a seed that is down', async () => {
    const { exitCode, stderr } = await run(await aConfig({ DiscoverySeeds: ['127.0.0.1:9'] }));
    expect(exitCode).toBe(3);
    expect(stderr).toContain('127.0.0.1:9 refuses connections');
  });

  it('names a server that refuses its password', async () => {
    const scene = await aScene();
    const given = JSON.parse(await readFile(scene.sandbox.configFile, 'utf8')) as object;
    const { exitCode, stderr } = await run(
      await aFile(JSON.stringify({ ...given, MySQLTopologyPassword: 'wrong' })),
    );
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`${scene.primary} refuses Baton's account`);
    expect(stderr).not.toContain('wrong"');
  });

  it('names the state file that another controller holds, and leaves that one alone', async () => {
    const scene = await aScene();
    const config = await configured(scene);
    const { daemon } = await aController(scene, config);
    await expect.poll(() => answering(daemon), patient).toBe(3);
    const { exitCode, stderr } = await run(config);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('baton.sqlite');
    expect(await answering(daemon)).toBe(3);
  });
});

describe('a controller whose state file has something else beside it', () => {
  it('ends, and names what lies where its hooks would be kept', async () => {
    const config = await aConfig({ DiscoverySeeds: ['127.0.0.1:9'] });
    const stateFile = join(dirname(config), 'baton.sqlite');
    await writeFile(`${stateFile}.hooks`, '');
    await writeFile(config, (await readFile(config, 'utf8')).replace('{', `{"StateFile":"${stateFile}",`));
    const { exitCode, stderr, timedOut } = await run(config);
    expect({ exitCode, timedOut }).toEqual({ exitCode: 2, timedOut: false });
    expect(stderr).toContain(`${stateFile}.hooks`);
  });

  it('ends, and names what lies where its socket would be', async () => {
    const scene = await aScene();
    await mkdir(join(scene.directory, 'baton.sqlite.sock'));
    const { exitCode, stderr, timedOut } = await run(await configured(scene));
    expect({ exitCode, timedOut }).toEqual({ exitCode: 2, timedOut: false });
    expect(stderr).toContain('baton.sqlite.sock cannot be opened');
  });
});

describe('a controller whose seed is down', () => {
  it('serves what it knows from before', async () => {
    const scene = await aScene();
    const config = await configured(scene, { RecoverMasterClusterFilters: [] });
    const first = await aController(scene, config);
    await expect.poll(() => answering(first.daemon), patient).toBe(3);
    first.process.signal('SIGTERM');
    await expect.poll(() => first.process.isAlive(), patient).toBe(false);
    await scene.sandbox.kill(portOn(scene, scene.primary));
    const second = await aController(scene, config);
    await expect.poll(() => answering(second.daemon), patient).toBe(2);
  });
});
