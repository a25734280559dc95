import { describe, expect, it } from 'vitest';
import type { ConfiguredHook } from '../../src/config/hook.ts';
import { HookStage, type StagedHook } from '../../src/engine/record.ts';
import type { HookFacts } from '../../src/engine/ports.ts';
import { type HookSettings, renderStage } from '../../src/hooks/render.ts';
import { facts, promoted } from './facts.ts';

const settings: HookSettings = { substitution: 'safe', compatibility: 'sane', timeoutSeconds: 60 };

function configured(command: string, more: Partial<ConfiguredHook> = {}): ConfiguredHook {
  return { command, timeoutSeconds: null, onFailure: null, onResume: 'rerun', retries: 0, ...more };
}

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
  const list = [configured(command, of.hook)];
  return renderStage(stage, list, of.facts ?? facts, { ...settings, ...of.settings })[0];
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
    expect(safe?.script).toBe(literal?.script);
    expect(safe?.script).not.toMatch(/[{}]/);
  });

  it('has nothing where a fact is not known, or the placeholder itself when strict', () => {
    expect(rendered('echo "to {successorHost}"')?.script).toBe('echo "to "');
    expect(rendered('echo "to {successorHost}"', { settings: { compatibility: 'strict' } })?.script).toBe(
      'echo "to {successorHost}"',
    );
  });

  it('takes a value for code only when it was told to', () => {
    const hostile = { ...facts, failureClusterAlias: "'; touch pwned; '" };
    const command = "echo '{failureClusterAlias}'";
    expect(rendered(command, { facts: hostile })?.script).toBe(`echo ''"\${ORC_FAILURE_CLUSTER_ALIAS}"''`);
    expect(rendered(command, { facts: hostile, settings: { substitution: 'literal' } })?.script).toBe(
      "echo ''; touch pwned; ''",
    );
  });

  it('that cannot be kept safe is refused, with no script to run by mistake', () => {
    const hostile = { ...facts, failureClusterAlias: 'a b' };
    expect(rendered("ssh db1 'x {failureClusterAlias}'", { facts: hostile })).toMatchObject({
      script: '',
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
      script: 'set -- "$ORC_SUCCESSOR_HOST" "$ORC_FAILED_HOST"\ntake {failedHost} &',
      variables: { ORC_SUCCESSOR_HOST: '[::1]:3307', ORC_FAILED_HOST: 'db1:3306' },
      detached: false,
    });
  });
});

describe('an ampersand at the end', () => {
  it('leaves the hook behind, without a timeout and without a veto', () => {
    expect(rendered('  sleep 9 & ')).toMatchObject({
      script: 'sleep 9 ',
      detached: true,
      timeoutMs: null,
      mayVeto: false,
      refused: null,
    });
    expect(rendered('sleep 9&', { hook: { timeoutSeconds: 5 } })?.timeoutMs).toBe(5_000);
  });

  it('that is doubled is refused', () => {
    expect(rendered('true &&')).toMatchObject({
      detached: false,
      refused: 'it ends in &&, so the command that should follow is missing',
    });
  });
});

it('a failing hook vetoes in the three stages before anything is done, unless it says otherwise', () => {
  const vetoing = HookStage.options.filter((stage) => rendered('true', { stage })?.mayVeto);
  expect(vetoing).toEqual([
    'OnFailureDetectionProcesses',
    'PreGracefulTakeoverProcesses',
    'PreFailoverProcesses',
  ]);
  expect(rendered('true', { hook: { onFailure: 'continue' } })?.mayVeto).toBe(false);
  const stage = 'PostFailoverProcesses';
  expect(rendered('true', { stage, hook: { onFailure: 'abort' } })?.mayVeto).toBe(true);
});
