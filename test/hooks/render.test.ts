import { describe, expect, it } from 'vitest';
import type { ConfiguredHook } from '../../src/config/hook.ts';
import { HookStage, type StagedHook } from '../../src/engine/record.ts';
import type { HookFacts } from '../../src/engine/ports.ts';
import { type HookSettings, renderStage } from '../../src/hooks/render.ts';
import { configuredHook, facts, hookSettings, promoted } from './facts.ts';

function rendered(
  command: string,
  of: {
    stage?: HookStage;
    facts?: HookFacts;
    settings?: Partial<HookSettings>;
    hook?: Partial<ConfiguredHook>;
  } = {},
): StagedHook | undefined {
  const stage = of.stage ?? 'PreFailoverProcesses';
  const list = [configuredHook(command, of.hook)];
  return renderStage(stage, list, of.facts ?? facts, { ...hookSettings, ...of.settings })[0];
}

function scriptOf(hook: StagedHook | undefined): string | null {
  return hook?.body.kind === 'shell' ? hook.body.script : null;
}

describe('a script', () => {
  it.each([
    [
      "echo 'Detected {failureType} on {failureCluster}. Affected replicas: {countSlaves}' >> /tmp/recovery.log",
    ],
    ["echo 'Will recover from {failureType}: {failureDescription}' >> /tmp/recovery.log"],
    [
      '/usr/local/bin/notify --cluster={failureClusterAlias} -h {failedHost}:{failedPort} {replicaHosts} {slaveHosts}',
    ],
    [
      "echo '(for all types) Recovered. Successor: {successorHost}:{successorPort} {lostReplicas}{lostSlaves}{countLostReplicas}'",
    ],
  ])('of an ordinary hook is what orchestrator would run: %s', (command) => {
    const known = {
      ...promoted,
      successor: { instance: 'db2:3306', alias: '', binlogCoordinates: null },
    } as const;
    const [safe, literal] = (['safe', 'literal'] as const).map((substitution) =>
      rendered(command, { facts: known, settings: { substitution } }),
    );
    expect(scriptOf(safe)).toBe(scriptOf(literal));
    expect(scriptOf(safe)).not.toMatch(/[{}]/);
  });

  it('has nothing where a fact is not known, or the placeholder itself when strict', () => {
    expect(scriptOf(rendered('echo "to {successorHost}"'))).toBe('echo "to "');
    expect(scriptOf(rendered('echo "to {successorHost}"', { settings: { compatibility: 'strict' } }))).toBe(
      'echo "to {successorHost}"',
    );
  });

  it('takes a value for code only when it was told to', () => {
    const hostile = { ...facts, failureClusterAlias: "'; touch pwned; '" };
    const command = "echo '{failureClusterAlias}'";
    expect(scriptOf(rendered(command, { facts: hostile }))).toBe(`echo ''"\${ORC_FAILURE_CLUSTER_ALIAS}"''`);
    expect(scriptOf(rendered(command, { facts: hostile, settings: { substitution: 'literal' } }))).toBe(
      "echo ''; touch pwned; ''",
    );
  });

  it('that cannot be kept safe is refused, with no script to run by mistake', () => {
    const hostile = { ...facts, failureClusterAlias: 'a b' };
    expect(rendered("ssh db1 'x {failureClusterAlias}'", { facts: hostile })).toMatchObject({
      body: { kind: 'shell', script: '' },
      refused:
        '{failureClusterAlias} is "a b", which has a space in it, and ssh reads what it is given as a program, past all quoting',
    });
    expect(rendered('true', { facts: { ...facts, failureClusterAlias: 'a\0' } })?.refused).toBe(
      'ORC_FAILURE_CLUSTER_ALIAS would have a NUL byte, which no variable can hold',
    );
  });

  it('of PostTakeMasterProcesses gets both instances as arguments, ports included, and no placeholders', () => {
    const hook = rendered(' take {failedHost} & ', { stage: 'PostTakeMasterProcesses', facts: promoted });
    expect(hook).toMatchObject({
      body: { script: ' take {failedHost} & ', args: ['[::1]:3307', 'db1:3306'] },
      variables: { ORC_SUCCESSOR_HOST: '[::1]:3307', ORC_FAILED_HOST: 'db1:3306' },
      detached: false,
    });
  });
});

describe('an ampersand at the end', () => {
  it('leaves the hook behind, without a timeout and without a veto', () => {
    expect(rendered('  sleep 9 & ')).toMatchObject({
      body: { script: 'sleep 9 ' },
      detached: true,
      timeoutMs: null,
      mayVeto: false,
      refused: null,
    });
    expect(rendered('sleep 9&', { hook: { timeoutSeconds: 5 } })?.timeoutMs).toBe(5_000);
  });

  it('however often it is doubled is eaten when orchestrator is followed to the letter', () => {
    expect(rendered('sleep 9 &&', { settings: { compatibility: 'strict' } })).toMatchObject({
      body: { script: 'sleep 9 ' },
      detached: true,
      refused: null,
    });
  });

  it('that is doubled is refused', () => {
    expect(rendered('true &&')).toMatchObject({
      detached: false,
      refused: 'it ends in &&, so the command that should follow is missing',
    });
  });
});

it('a failing hook vetoes in the stages before anything is done, and in a rebuild, unless it says otherwise', () => {
  const vetoing = HookStage.options.filter((stage) => rendered('true', { stage })?.mayVeto);
  expect(vetoing).toEqual([
    'PreGracefulTakeoverProcesses',
    'PreFailoverProcesses',
    'SaveErrantCommand',
    'RebuildCommand',
  ]);
  expect(rendered('true', { hook: { onFailure: 'continue' } })?.mayVeto).toBe(false);
  const stage = 'PostFailoverProcesses';
  expect(rendered('true', { stage, hook: { onFailure: 'abort' } })?.mayVeto).toBe(true);
});

describe('a hook that is a program and its arguments', () => {
  const exec = (...argv: string[]) => ({ action: { kind: 'exec', argv } }) as const;

  it('gets each value inside its own argument, whatever is in it', () => {
    const hostile = { ...facts, failureClusterAlias: "a b'; $(touch pwned)" };
    const hook = rendered('', {
      facts: hostile,
      hook: exec('notify', '--alias={failureClusterAlias}', '{x}'),
    });
    expect(hook).toMatchObject({
      command: 'notify --alias={failureClusterAlias} {x}',
      body: { kind: 'exec', argv: ['notify', `--alias=${hostile.failureClusterAlias}`, '{x}'] },
      refused: null,
    });
  });

  it('that reads an argument as a program is refused a value that could become one (P5)', () => {
    const argv = exec('bash', '-c', 'echo {failureClusterAlias}');
    expect(rendered('', { hook: argv })?.refused).toBeNull();
    expect(rendered('', { facts: { ...facts, failureClusterAlias: 'a;b' }, hook: argv })?.refused).toBe(
      '{failureClusterAlias} is "a;b", and bash reads it as a program',
    );
  });
});

describe('the facts as JSON', () => {
  it('have every word with a type of its own, and null for what is not known', () => {
    const { document } = rendered('true', { hook: { readsFacts: true } }) ?? {};
    expect(JSON.parse(document ?? '')).toMatchObject({
      version: 1,
      stage: 'PreFailoverProcesses',
      facts: {
        failedHost: 'db1',
        failedPort: 3306,
        isMaster: true,
        successorHost: null,
        replicaHosts: ['db10:3306', 'db2:3306', 'db2:3307'],
        initiator: 'automatic',
      },
    });
  });

  it('are given only to a hook that asks for them', () => {
    expect(rendered('true')?.document).toBeNull();
  });
});

describe('with HookCompatibility at strict', () => {
  const told = (stage: HookStage, name: string) =>
    rendered('true', { stage, facts: promoted, settings: { compatibility: 'strict' } })?.variables[name];

  it('detection hooks get a uid that no recovery has, the same each time', () => {
    const uid = told('OnFailureDetectionProcesses', 'ORC_RECOVERY_UID');
    expect(uid).toMatch(/^1:[0-9a-f]{64}$/);
    expect(told('OnFailureDetectionProcesses', 'ORC_RECOVERY_UID')).toBe(uid);
    expect(told('PreFailoverProcesses', 'ORC_RECOVERY_UID')).toBe('1:ab');
  });

  it('hooks before a planned takeover are told of its success, without a uid, coordinates or lost replicas', () => {
    const stage = 'PreGracefulTakeoverProcesses';
    expect(told(stage, 'ORC_RECOVERY_UID')).toBe('');
    expect(told(stage, 'ORC_IS_SUCCESSFUL')).toBe('true');
    expect(told(stage, 'ORC_SUCCESSOR_HOST')).toBe('::1');
    expect(told(stage, 'ORC_SUCCESSOR_ALIAS')).toBe('');
    expect(told(stage, 'ORC_SUCCESSOR_BINLOG_COORDINATES')).toBeUndefined();
    expect(told(stage, 'ORC_LOST_REPLICAS')).toBe('');
  });
});
