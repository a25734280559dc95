import { describe, expect, it } from 'vitest';
import { HookStage } from '../../../src/engine/record.ts';
import { rehearsalFacts } from '../../../src/hooks/rehearsal/facts.ts';
import { rehearsed } from '../../../src/hooks/rehearsal/rehearsed.ts';
import { renderStage } from '../../../src/hooks/render.ts';
import { stages } from '../../../src/hooks/stages.ts';
import { configuredHook, hookSettings } from '../facts.ts';
import { stagedHook } from './pretended.ts';

describe('the facts of a rehearsal', () => {
  it.each(HookStage.options)('at %s have a successor where the stage knows one', (stage) => {
    const { successor, isSuccessful } = rehearsalFacts(stage);
    expect(successor === null).toBe(stages[stage].successor === 'unknown');
    expect(isSuccessful).toBe(stages[stage].successor === 'known');
  });

  it('are of a dead primary that no network has, and say that nothing has happened', () => {
    expect(rehearsalFacts('PostFailoverProcesses')).toMatchObject({
      failureType: 'DeadMaster',
      failed: 'db1.example:3306',
      failureClusterAlias: 'rehearsal',
      replicas: ['db2.example:3306', 'db3.example:3306'],
      successor: { instance: 'db2.example:3306' },
      reason: 'a rehearsal; nothing has happened',
    });
  });

  it('are of a replica with replicas where the stage is about those', () => {
    expect(rehearsalFacts('PostIntermediateMasterFailoverProcesses')).toMatchObject({
      failureType: 'DeadIntermediateMaster',
      isMaster: false,
      failed: 'db2.example:3306',
      failureCluster: 'db1.example:3306',
      replicas: ['db3.example:3306'],
      successor: { instance: 'db1.example:3306' },
    });
  });

  it('may be of a real cluster', () => {
    const cluster = {
      primary: 'a:1',
      replicas: ['b:2'],
      alias: 'shop',
      domain: 'shop.net',
      binlogCoordinates: null,
    } as const;
    expect(rehearsalFacts('PostFailoverProcesses', cluster)).toMatchObject({
      failed: 'a:1',
      failureClusterAlias: 'shop',
      failureClusterDomain: 'shop.net',
      countReplicas: 1,
      successor: { instance: 'b:2', binlogCoordinates: null },
    });
  });
});

describe('a hook in a rehearsal', () => {
  it('is told so by a variable and in its document, and of nothing less than it would be', () => {
    const hook = configuredHook('true', { readsFacts: true });
    const facts = rehearsalFacts('PreFailoverProcesses');
    const [staged = stagedHook()] = renderStage('PreFailoverProcesses', [hook], facts, hookSettings);
    const { variables, document, ...rest } = rehearsed(staged);
    expect({ ...rest, variables: staged.variables, document: staged.document }).toEqual(staged);
    expect(variables).toEqual({ ...staged.variables, BATON_REHEARSAL: '1' });
    expect(JSON.parse(document ?? '')).toEqual({ ...JSON.parse(staged.document ?? ''), rehearsal: true });
  });

  it('gets no document that it did not ask for, and no variables where it must not be run', () => {
    expect(rehearsed(stagedHook()).document).toBeNull();
    expect(rehearsed(stagedHook({ refused: 'why' })).variables).toEqual({});
  });
});
