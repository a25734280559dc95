import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { troubleTable } from '../../src/analysis/troubles.ts';
import { lostInRecovery } from '../../src/topology/lost.ts';
import type { Hindrance } from '../../src/topology/observation.ts';
import { failingToConnect, primary, readAt, replica, unread } from '../topology/instances.ts';
import { defaultSettings } from './settings.ts';

const hindrances: readonly [Hindrance, string][] = [
  ['unfinished', 'Stalled'],
  ['full', 'TooManyConnections'],
  ['denied', 'AccessDenied'],
  ['unreadable', 'Unreadable'],
];

function findingWith(hindrance: Hindrance | null) {
  const checks = { ...unread.checks, echo: 'answered' as const, hindrance };
  const instances = [primary('a:1', { checks }), replica('b:1', 'a:1')];
  const [finding] = analyse({ takenAt: readAt + 3_000, instances }, defaultSettings);
  return finding;
}

describe('a server that answers and cannot be read', () => {
  it.each(hindrances)('is said to be %s, beside orchestrator’s code', (hindrance, code) => {
    expect(findingWith(hindrance)).toMatchObject({ code: 'UnreachableMaster', troubles: [{ code }] });
  });

  it('has no trouble of its own where it is merely out of reach', () => {
    expect(findingWith(null)?.troubles).toEqual([]);
  });

  it('has a row for each way of it', () => {
    const codes = troubleTable.map(({ code }) => code);
    const others = ['ReplacedAndWritable', 'ReplacedAndWaiting', 'WritableReplica'];
    expect(codes).toEqual([...others, ...hindrances.map(([, code]) => code)]);
  });
});

describe('a server that keeps something from Baton’s account', () => {
  it('is a finding though all is well otherwise, on a replica without replicas too', () => {
    const lacks = ['it lets Baton see no connections of others: grant PROCESS'];
    const [finding] = analyse(
      { takenAt: readAt, instances: [primary('a:1'), replica('b:1', 'a:1', { server: { lacks } })] },
      defaultSettings,
    );
    expect(finding).toMatchObject({
      instance: 'b:1',
      code: 'NoProblem',
      troubles: [{ code: 'LacksGrant', because: lacks[0] }],
    });
  });
});

describe('a replica that takes writes beside the primary', () => {
  it('is found, though it has no replicas and all is well otherwise', () => {
    const instances = [primary('a:1'), replica('b:1', 'a:1', { server: { readOnly: false } })];
    expect(analyse({ takenAt: readAt, instances }, defaultSettings)).toMatchObject([
      { instance: 'b:1', code: 'NoProblem', treatment: 'none', troubles: [{ code: 'WritableReplica' }] },
    ]);
  });

  it('is no trouble where it is a co-primary', () => {
    const writable = { isCoPrimary: true, server: { readOnly: false } };
    const instances = [replica('a:1', 'b:1', writable), replica('b:1', 'a:1', writable)];
    const findings = analyse({ takenAt: readAt, instances }, defaultSettings);
    expect(findings.flatMap(({ troubles }) => troubles)).toEqual([]);
  });
});

describe('a primary that was replaced', () => {
  const found = (readOnly: boolean) =>
    analyse(
      {
        takenAt: readAt,
        instances: [primary('a:1', { downtime: lostInRecovery(readAt), server: { readOnly } })],
      },
      defaultSettings,
    );

  it('is found when it is back and takes writes, though it is in downtime and leads nobody', () => {
    expect(found(false)).toMatchObject([{ instance: 'a:1', troubles: [{ code: 'ReplacedAndWritable' }] }]);
  });

  it('is found while it waits, read-only, and the command that lets it follow is named', () => {
    const replaced = { by: 'b:1', recovery: '1:f00', at: readAt } as const;
    const instances = [primary('b:1'), primary('a:1', { replaced, server: { readOnly: true } })];
    const [finding] = analyse({ takenAt: readAt, instances }, defaultSettings);
    expect(finding).toMatchObject({ instance: 'a:1', code: 'NoProblem', treatment: 'none' });
    expect(finding?.troubles).toEqual([
      { code: 'ReplacedAndWaiting', because: expect.stringContaining('"baton rejoin a:1 --dry-run"') },
    ]);
  });

  it('is no failure when it dies again, whoever it still leads', () => {
    const instances = [
      primary('a:1', { ...unread, replaced: { by: 'b:1', recovery: '1:f00', at: readAt } }),
      replica('c:1', 'a:1', { replication: failingToConnect }),
    ];
    const [finding] = analyse({ takenAt: readAt + 2_000, instances }, defaultSettings);
    expect(finding?.instance).not.toBe('a:1');
  });

  it('is no trouble where it is read-only', () => {
    expect(found(true).flatMap(({ troubles }) => troubles)).toEqual([]);
  });
});
