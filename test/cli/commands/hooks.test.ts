import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hooksCommand } from '../../../src/cli/commands/hooks.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-hooks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a verb on a configuration, and gives what a shell would see of it. */
async function run(verb: string, config: object, ...more: string[]) {
  const file = join(folder, 'baton.json');
  writeFileSync(file, JSON.stringify(config));
  const printed: string[] = [];
  let exit: number | null = null;
  const terminal = { print: (line: string) => void printed.push(line), say: () => {}, colours: false };
  const leave = (code: number) => {
    exit = code;
  };
  await hooksCommand(terminal, leave).parseAsync([verb, '--config', file, ...more], { from: 'user' });
  return { exit, printed: printed.join('\n') };
}

describe('a lint of hooks', () => {
  it('that finds nothing says how many it looked at', async () => {
    const config = { PreFailoverProcesses: ['fence {failedHost}'], PostFailoverProcesses: ['vip'] };
    expect(await run('lint', config)).toEqual({ exit: 0, printed: 'Nothing wrong with 2 hooks.' });
  });

  it('prints the safe command on a line of its own, and ends with 1 for a warning', async () => {
    const config = { PostFailoverProcesses: ['vip', "bash -c 'vip {failureClusterAlias}'"] };
    const { exit, printed } = await run('lint', config);
    expect(exit).toBe(1);
    expect(printed.split('\n')).toEqual([
      "PostFailoverProcesses[2]  bash -c 'vip {failureClusterAlias}'",
      expect.stringMatching(/^ {2}warning: bash reads \{failureClusterAlias\}/),
      '  write instead:',
      `    bash -c 'vip "\${ORC_FAILURE_CLUSTER_ALIAS}"'`,
    ]);
  });

  it('names a hook once, with all that is wrong with it, and ends with 2 for an error', async () => {
    const config = { PreFailoverProcesses: ['echo {succesorPort} {room}'] };
    const { exit, printed } = await run('lint', config);
    expect(exit).toBe(2);
    expect(printed.match(/PreFailoverProcesses\[1\]/g)).toHaveLength(1);
    expect(printed.match(/^ {2}error: /gm)).toHaveLength(2);
  });

  it('does not end badly for a note, and speaks of the shell by itself', async () => {
    const noted = await run('lint', { PreFailoverProcesses: ['echo {successorHost}'] });
    expect(noted.exit).toBe(0);
    expect(noted.printed).toMatch(/^Nothing wrong with 1 hook\.\n\nPreFailoverProcesses\[1\] .*\n {2}note: /);
    const shell = await run('lint', {
      ProcessesShellCommand: 'zsh',
      PreFailoverProcesses: ['x {failedHost}'],
    });
    expect(shell).toMatchObject({
      exit: 2,
      printed: expect.stringMatching(/^all hooks\n {2}error: Process/),
    });
  });

  it('answers in JSON', async () => {
    const { printed } = await run('lint', { PreFailoverProcesses: ['true &&'] }, '--json');
    expect(JSON.parse(printed)).toMatchObject([
      { severity: 'error', stage: 'PreFailoverProcesses', index: 0, rewrite: null },
    ]);
  });
});

describe('a list of hooks', () => {
  const config = {
    PreFailoverProcesses: [
      'fence {failedHost}',
      { Exec: ['ask', 'a b'], OnFailure: 'continue', OnResume: 'ask', Retries: 2, TimeoutSeconds: 90 },
    ],
    PostFailoverProcesses: [
      'notify &',
      { Http: { Url: 'https://h' }, OnFailure: 'abort', OnResume: 'skip', Retries: 1 },
    ],
  };

  it('says in which order the stages run, and what happens between them', async () => {
    const { exit, printed } = await run('list', config);
    expect(exit).toBe(0);
    expect(printed).toMatch(
      /^A dead primary is recovered\n {2}OnFailureDetectionProcesses: no hooks\n {2}- .*\n {2}PreFailoverProcesses: 2 hooks\n {2}- .*/,
    );
    expect(printed).toMatch(/A replica takes the place of its source \(This version .*\)\n/);
  });

  it('says of each hook how it is run', async () => {
    const { printed } = await run('list', config);
    expect(printed.slice(printed.indexOf('\nPreFailoverProcesses\n'))).toBe(`
PreFailoverProcesses
  A recovery is about to begin; nothing has been touched. A failing hook ends the stage and what it would have led to.
  1. fence {failedHost}
     at most 1 min; run again if its outcome is lost
  2. without a shell: ask "a b"
     at most 1 min 30 s; retried 2 times; a failure lets the stage go on; a person is asked if its outcome is lost

PostFailoverProcesses
  A recovery of any kind ended with a successor. A failing hook is recorded, and the next one runs.
  1. notify &
     in the background; no timeout; run again if its outcome is lost
  2. POST https://h
     at most 1 min; retried once; exit 10 warns and 75 asks for a retry; a failure ends the stage; taken for done if its outcome is lost`);
  });

  it('has the settings of the configuration in it', async () => {
    const { printed } = await run(
      'list',
      { ...config, HookTimeoutSeconds: 7, FailRecoveryOnFailedPostFailoverProcesses: true },
      '--json',
    );
    const { stages, flows } = JSON.parse(printed);
    expect(flows[0].steps[0]).toBe('OnFailureDetectionProcesses');
    const planned = stages.find(({ stage }: { stage: string }) => stage === 'PostFailoverProcesses');
    expect(planned).toMatchObject({
      mayVeto: true,
      hooks: [
        { detached: true, timeoutSeconds: null },
        { kind: 'http', timeoutSeconds: 7 },
      ],
    });
  });
});
