import { describe, expect, it } from 'vitest';
import {
  type TakeoverQuestion,
  type TakeoverRules,
  takeoverGates,
} from '../../../src/analysis/gates/takeover-gates.ts';
import type { Instance } from '../../../src/topology/snapshot.ts';
import { primary, readAt, replica, unread } from '../../topology/instances.ts';

const rules: TakeoverRules = {
  lagSeconds: 20,
  ignoredHosts: [],
  staysInDataCenter: false,
  staysInRegion: false,
  fencingRequired: 'attempted',
  verifyFilters: false,
  toleratedDelaySeconds: 20,
};

const [a, b, c] = ['a:1', 'b:1', 'c:1'] as const;

function asked(given: Partial<TakeoverQuestion> = {}): TakeoverQuestion {
  return {
    primary: primary(a, { server: { serverId: 1 } }),
    others: [replica(b, a, { server: { serverId: 2 } }), replica(c, a, { server: { serverId: 3 } })],
    replicas: [b, c],
    designated: b,
    auto: false,
    noAccount: null,
    unendable: null,
    disabledBecause: null,
    now: readAt,
    ...given,
  };
}

/** What is shut, by name, and its sentence. */
function shutIn(question: TakeoverQuestion, given: Partial<TakeoverRules> = {}): Record<string, string> {
  const { gates, successor } = takeoverGates(question, { ...rules, ...given });
  const shut = gates.filter(({ open }) => !open);
  expect(successor === null).toBe(shut.length > 0);
  return Object.fromEntries(shut.map(({ gate, because }) => [gate, because]));
}

describe('a takeover', () => {
  it('is open where nothing speaks against it, and every gate says why', () => {
    const { gates, successor } = takeoverGates(asked(), rules);
    expect(successor).toBe(b);
    expect(gates.map(({ gate }) => gate)).toEqual([
      'enabled',
      'primary',
      'writers',
      'account',
      'connections',
      'fencing',
      'candidate',
      'lag',
      'place',
      'back',
      'siblings',
    ]);
  });

  it('is shut by everything that speaks against it at once', () => {
    const late = replica(b, a, {
      replication: { lagSeconds: 30 },
      server: { serverId: 2, version: '11.8.2-MariaDB' },
    });
    const gone = { ...replica(c, a, { server: { serverId: 3 } }), ...unread };
    const shut = shutIn(
      asked({ others: [{ ...late, dataCenter: 'north' }, gone], noAccount: 'nobody knows one' }),
      { ignoredHosts: [/^b/], staysInDataCenter: true },
    );
    expect(Object.keys(shut)).toEqual(['account', 'candidate', 'lag', 'place', 'back', 'siblings']);
    expect(shut['back']).toContain(
      'a:1 is of version 10.11.19-MariaDB-log, older than the 11.8.2-MariaDB of b:1',
    );
    expect(shut['account']).toContain('nobody knows one');
  });

  it.each<[string, Partial<TakeoverQuestion>, string]>([
    ['the primary does not answer', { primary: { ...primary(a), ...unread } }, 'primary'],
    ['the primary replicates itself', { primary: replica(a, 'z:1') }, 'primary'],
    ['another server takes writes', { others: [replica(b, a), primary(c)] }, 'writers'],
    [
      'a detached server takes writes',
      { others: [replica(b, a), primary(c, { server: { detachedFrom: a } })] },
      'writers',
    ],
    ['a connection could not be ended', { unendable: 'connection 7 of root stays' }, 'connections'],
    ['nobody is named', { designated: null }, 'designated'],
    [
      'a replica of a replica is named',
      { others: [replica(b, c), replica(c, a)], replicas: [c] },
      'designated',
    ],
    ['there is no replica', { others: [], replicas: [], designated: null }, 'designated'],
  ])('is shut where %s', (_, given, gate) => {
    expect(Object.keys(shutIn(asked(given)))).toContain(gate);
  });

  it('with auto is made by the one that suits best, not by who happens to have received most', () => {
    const ahead = replica(c, a, {
      replication: { receivedGtid: '0-1-9' },
      server: { serverId: 3, executedGtid: '0-1-9' },
    });
    const preferred: Instance = {
      ...replica(b, a, { server: { serverId: 2, executedGtid: '0-1-1' } }),
      promotionRule: 'prefer',
    };
    const { successor } = takeoverGates(
      asked({ others: [ahead, preferred], designated: null, auto: true }),
      rules,
    );
    expect(successor).toBe(b);
  });

  it.each([
    ['mariadb', 'attempted', true],
    ['mariadb', 'timed', false],
    ['mariadb', 'proven', false],
    ['mysql', 'proven', true],
  ] as const)(
    'on %s with "%s" required is open: %s, for read-only binds everybody on MySQL alone',
    (flavour, fencingRequired, isOpen) => {
      const question = asked({ primary: primary(a, { server: { serverId: 1, flavour } }) });
      expect(!('fencing' in shutIn(question, { fencingRequired }))).toBe(isOpen);
    },
  );

  it('is open while recoveries are disabled, and whoever asks for it hears so', () => {
    const { gates, successor } = takeoverGates(asked({ disabledBecause: 'ann: network work' }), rules);
    expect(successor).toBe(b);
    expect(gates.find(({ gate }) => gate === 'enabled')?.because).toContain(
      'disabled (ann: network work), which keeps Baton from acting by itself',
    );
  });

  it('leaves behind without a word whoever is in downtime', () => {
    const downtime = { owner: 'ann', reason: 'disk', until: readAt + 1 };
    const gone = { ...replica(c, a), ...unread, downtime };
    expect(shutIn(asked({ others: [replica(b, a, { server: { serverId: 2 } }), gone] }))).toEqual({});
  });
});
