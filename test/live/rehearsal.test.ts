import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hooksTestCommand } from '../../src/cli/commands/hooks-test.ts';
import { socketPath } from '../../src/controller/socket-path.ts';
import type { HookVerdict } from '../../src/hooks/rehearsal/verdict.ts';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';

/** Needs the compiled spawner, bash and /proc; no server. */
interface Rehearsed {
  readonly exit: number | null;
  readonly said: string;
  readonly hook: HookVerdict;
  /** `about is` of each check. */
  readonly checks: readonly string[];
  readonly folder: string;
}

/** Rehearses one hook of PreFailover, with what it writes in a folder of its own, `{folder}` in its text. */
async function rehearsed(
  hook: unknown,
  config: object = {},
  more: { words?: readonly string[]; folder?: string } = {},
): Promise<Rehearsed> {
  const folder = more.folder ?? (await temporaryFolder());
  const temporary = await temporaryFolder();
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  const file = join(folder, 'baton.json');
  const text = JSON.stringify({ PreFailoverProcesses: [hook], ...config });
  await writeFile(file, text.replaceAll('{folder}', folder));
  const said: string[] = [];
  const printed: string[] = [];
  let exit: number | null = null;
  const terminal = {
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(`${line} (${printed.length} printed)`),
    colours: false,
  };
  const leave = (code: number) => {
    exit = code;
  };
  const words = ['PreFailover', '--config', file, '--json', ...(more.words ?? [])];
  await hooksTestCommand(terminal, leave).parseAsync(words, { from: 'user' });
  expect(readdirSync(temporary)).toEqual([]);
  const { rehearsal, hooks } = JSON.parse(printed.join('\n'));
  expect(rehearsal).toBe(true);
  const [verdict] = hooks as readonly [HookVerdict];
  const checks = verdict.checks.map(({ about, is }) => `${about} ${is}`);
  return { exit, said: said.join('\n'), hook: verdict, checks, folder };
}

const linesIn = (file: string) => readFileSync(file, 'utf8').trim().split('\n');
const textOf = ({ checks }: HookVerdict, about: string) => checks.find((one) => one.about === about)?.text;

describe('baton hooks test', () => {
  it('runs a good hook twice, tells it that it is a rehearsal, and finds nothing', async () => {
    const variables = '$BATON_REHEARSAL $BATON_STAGE $BATON_HOOK_ATTEMPT $BATON_HOOK_RESUMED';
    const { exit, said, hook, checks, folder } = await rehearsed(
      `echo "${variables} {failedHost} $ORC_COUNT_REPLICAS" >> {folder}/seen`,
    );
    expect({ exit, checks, verdict: hook.verdict }).toEqual({
      exit: 0,
      checks: ['run ok', 'again ok', 'stop note'],
      verdict: 'ok',
    });
    expect(linesIn(join(folder, 'seen'))).toEqual([
      '1 PreFailoverProcesses 1 0 db1.example 2',
      '1 PreFailoverProcesses 2 1 db1.example 2',
    ]);
    expect(said).toMatch(/^These hooks really run.*no emergency\. \(0 printed\)$/);
  });

  it('finds a slow one, which goes when it is told to', async () => {
    const { exit, hook, checks } = await rehearsed({ Command: 'sleep 0.6', TimeoutSeconds: 1 });
    expect({ exit, checks }).toEqual({
      exit: 1,
      checks: ['run ok', 'time warning', 'again ok', 'stop ok'],
    });
    expect(textOf(hook, 'time')).toMatch(/^It is slow: it took \d+ ms of 1 s/);
  });

  it('finds one that floods, and says how much of it is kept', async () => {
    const { checks, hook } = await rehearsed("head -c 1000000 /dev/zero | tr '\\0' x", {
      HookOutputLimitBytes: 1_000,
    });
    expect(checks).toContain('output warning');
    expect(textOf(hook, 'output')).toContain('1000 bytes; 999000 bytes between them are lost');
  });

  it('finds one that does not heed SIGTERM', async () => {
    const { exit, checks } = await rehearsed({
      Command: "trap '' TERM; sleep 3.5",
      OnResume: 'skip',
    });
    expect({ exit, checks }).toEqual({ exit: 1, checks: ['run ok', 'again note', 'stop warning'] });
  });

  it('finds one whose child does not heed it, and names the child', async () => {
    const { checks, hook } = await rehearsed({
      Command: "(trap '' TERM; exec sleep 600) & wait",
      TimeoutSeconds: 0.2,
    });
    expect(checks).toEqual(['run problem', 'stop warning']);
    expect(textOf(hook, 'stop')).toMatch(/process \d+ \(sleep 600\) did not go within 2 s and was killed/);
  });

  it('finds one that never ends, and what of it runs on behind its back', async () => {
    const script = 'setsid bash -c "echo \\$\\$ > {folder}/pid; exec sleep 600" & sleep 600';
    const { hook, checks, folder } = await rehearsed({ Command: script, TimeoutSeconds: 0.5 });
    const [pid = ''] = linesIn(join(folder, 'pid'));
    onTestFinished(() => void process.kill(Number(pid), 'SIGKILL'));
    expect(checks).toEqual(['run problem', 'stop ok', 'left warning']);
    expect(textOf(hook, 'left')).toContain(`process ${pid} (sleep 600)`);
  });

  it('notes what a good one leaves behind', async () => {
    const { hook, exit, folder } = await rehearsed('sleep 600 & echo $! >> {folder}/pids');
    const pids = linesIn(join(folder, 'pids'));
    for (const pid of pids) process.kill(Number(pid), 'SIGKILL');
    expect(exit).toBe(0);
    expect(textOf(hook, 'left')).toContain(`process ${pids[0]} (sleep 600)`);
  });

  it('finds one that fails when it is run a second time, and shows what it said', async () => {
    const { exit, checks, hook } = await rehearsed(
      '[ -e {folder}/done ] && { echo "done already"; exit 4; }; touch {folder}/done',
    );
    expect({ exit, checks }).toEqual({ exit: 1, checks: ['run ok', 'again problem', 'stop note'] });
    expect(hook.checks[1]?.output).toBe('done already');
  });

  it('says what a failure means, and explains what a shell means by 127', async () => {
    const { hook } = await rehearsed('no-such-program-anywhere');
    expect(textOf(hook, 'run')).toMatch(
      /^It exited 127 after .* \(a command in it was not found\)\. In a recovery this is a veto/,
    );
  });

  it('runs a program without a shell, and gives it the facts with the word that it is a rehearsal', async () => {
    const copies = { Exec: ['bash', '-c', 'cat > "$1"', 'bash', '{folder}/facts'], Stdin: 'facts' };
    const { exit, folder } = await rehearsed(copies);
    expect(exit).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'facts'), 'utf8'))).toMatchObject({
      rehearsal: true,
      stage: 'PreFailoverProcesses',
      facts: { failedHost: 'db1.example' },
    });
  });

  it('says of a program that is not there that it is not there', async () => {
    const { hook } = await rehearsed({ Exec: ['no-such-program-anywhere'] });
    expect(textOf(hook, 'run')).toContain('there is no program no-such-program-anywhere (exit 127)');
  });

  it('waits for one in the background', async () => {
    const { checks } = await rehearsed('exit 3 &');
    expect(checks).toEqual(['run problem', 'detached note']);
  });

  it('posts to an address twice, with a header that says that it is a rehearsal', async () => {
    const heard: { request: IncomingMessage; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        heard.push({ request, body });
        response.end('thank you');
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { exit, checks } = await rehearsed({ Http: { Url: `http://127.0.0.1:${port}/hook` } });
    expect({ exit, checks }).toEqual({ exit: 0, checks: ['run ok', 'again ok'] });
    expect(heard.map(({ request }) => request.headers['baton-rehearsal'])).toEqual(['1', '1']);
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({ rehearsal: true });
  });
});

describe('baton hooks test --cluster', () => {
  it('tells hooks of a cluster that the controller watches, and says that it is in service', async () => {
    const folder = await temporaryFolder();
    const stateFile = join(folder, 'baton.sqlite');
    const instances = [
      { instance: 'a:1', source: null },
      { instance: 'b:2', source: 'a:1' },
    ];
    const shop = { name: 'a:1', alias: 'shop', domain: 'shop.net', instances };
    const controller = createServer((_, response) => response.end(JSON.stringify([shop])));
    await new Promise<void>((listening) => controller.listen(socketPath(stateFile), listening));
    onTestFinished(() => void controller.close());
    const { said } = await rehearsed(
      'echo {failedHost} {failureClusterAlias} {failureClusterDomain} {replicaHosts} >> {folder}/seen',
      { StateFile: stateFile },
      { words: ['--cluster', 'shop'], folder },
    );
    expect(linesIn(join(folder, 'seen'))[0]).toBe('a shop shop.net b:2');
    expect(said).toContain('They are told that a server of cluster shop has died, which is IN SERVICE.');
  });
});

describe('the library', () => {
  it('runs a hook in twenty lines, whose hostile alias stays an alias', async () => {
    const example = fileURLToPath(builtTwin(new URL('../../examples/run-a-hook.ts', import.meta.url).href));
    const { exitCode, stdout } = await runProgram(process.execPath, [example], { timeoutMs: 30_000 });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`the new primary of shop'; touch /tmp/stolen; echo "$(id) is db2.example`);
    expect(stdout).toMatch(/not-started: .* reads what it is given as a program/);
  });
});
