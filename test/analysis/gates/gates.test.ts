import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, Treatment } from '../../../src/analysis/finding.ts';
import type { PastRun } from '../../../src/analysis/gates/past-runs.ts';
import { keyNames } from '../../../src/config/keys.ts';
import { type GateFacts, gateRules, gatesOf } from '../../../src/analysis/gates/gates.ts';
import { lifeSignOf } from '../../../src/analysis/gates/life-signs.ts';
import { failedRun, openFacts, pastRun } from '../gate-facts.ts';

const finding: Finding = {
  code: 'DeadMaster',
  description: 'gone',
  treatment: 'dead-primary',
  emergency: 'none',
  troubles: [],
  instance: 'a:1',
  clusterName: 'a:1',
  instanceType: 'master',
  isPrimary: true,
  isCoPrimary: false,
  replicas: ['b:1'],
  validReplicas: 1,
  replicatingReplicas: 0,
  connectedReplicas: 0,
  tryingReplicas: 1,
  echo: 'refused',
  words: 'a:1 refuses connections',
  warnings: [],
  isDowntimed: false,
  skippedForDowntime: false,
  evidence: '1 of 1 replicas agrees',
};
const shut = (about: Partial<Finding>, given: Partial<GateFacts>) =>
  gatesOf({ ...finding, ...about }, { ...openFacts, ...given }).filter(({ open }) => !open);

/** What two controllers say of the instance. */
const own = { observer: 'here', says: 'dead' as const, because: 'a:1 refuses connections' };
const other = { observer: 'there', says: 'unknown' as const, because: 'it has said nothing of late' };

/** A shut gate's sentence names a command or a key of the configuration, or else what somebody has to see to. */
function namesAWay(because: string): boolean {
  return (
    /"baton [a-z-]+/.test(because) ||
    keyNames.some((key) => because.includes(key)) ||
    /bring one back/.test(because)
  );
}

describe('the gates', () => {
  it('are all open for a dead primary of a cluster that is recovered by itself', () => {
    expect(shut({}, {})).toEqual([]);
  });

  it('wants more than half of the controllers where DetectionQuorum is a majority, and names those who do not agree', () => {
    const quorum = (isNeeded: boolean, ...controllers: readonly (typeof own | typeof other)[]) =>
      shut({}, { quorum: { isNeeded, controllers } });
    expect(quorum(true, own)).toEqual([]);
    expect(quorum(true, own, own, other)).toEqual([]);
    expect(quorum(false, own, other, other)).toEqual([]);
    expect(quorum(true, own, own, other, other)[0]?.because).toBe(
      '2 of 4 controllers say that a:1 does not answer, and more than half must (there: it has said nothing of late; there: it has said nothing of late); "baton recover" acts all the same',
    );
  });

  it.each<[gate: string, about: Partial<Finding>, given: Partial<GateFacts>]>([
    ['treatment', {}, { hasRemedy: false }],
    ['leader', {}, { leaseMs: 0 }],
    ['started', {}, { unseen: { count: 2, waitMs: 4_000 } }],
    ['reach', {}, { reach: { of: 5, silent: 3, isIsolated: true } }],
    ['quorum', {}, { quorum: { isNeeded: true, controllers: [own, other] } }],
    ['enabled', {}, { disabledBecause: 'ann said so' }],
    ['filter', {}, { allowed: { ...openFacts.allowed, RecoverMasterClusterFilters: false } }],
    ['ignored', {}, { isIgnored: true }],
    [
      'takes-writes',
      { treatment: 'dead-intermediate', troubles: [{ code: 'WritableReplica', because: 'it takes writes' }] },
      { allowed: { ...openFacts.allowed, RecoverIntermediateMasterClusterFilters: true } },
    ],
    ['downtime', { isDowntimed: true }, {}],
    [
      'downtime',
      { isDowntimed: true },
      { downtime: { owner: 'ann', reason: 'a new disk', until: 1_060_000 } },
    ],
    ['downtime', { skippedForDowntime: true }, {}],
    ['maintenance', {}, { maintenance: 'ann: a new disk' }],
    ['replicas', { validReplicas: 0 }, {}],
    ['answers', { echo: 'answered', words: 'a:1 cannot be asked: Too many connections' }, {}],
    ['connected', { connectedReplicas: 1 }, {}],
    ['witness', { tryingReplicas: 0 }, { provenOff: null }],
    ['active', {}, { active: { uid: '1:7f', workflow: 'recovery' } }],
    ['unsettled', {}, { runs: [{ ...failedRun, aftereffect: 'holds' }] }],
    ['recent', {}, { runs: [pastRun] }],
    ['promoted', { instance: 'b:1' }, { runs: [pastRun] }],
    [
      'cancelled',
      {},
      { runs: [{ ...failedRun, aftereffect: 'refrains', because: 'cancelled by ann: not now' }] },
    ],
    ['attempts', {}, { runs: [{ ...failedRun, endedAt: 999_000 }] }],
    ['detection-hooks', {}, { veto: { uid: '1:ab', because: 'the hook said no', until: 1_000_001 } }],
    ['brake', {}, { openedAt: [999_000, 998_000, 991_000] }],
  ])('shut one alone, with a sentence, where it is the %s (P7)', (gate, about, given) => {
    const found = shut(about, given);
    expect(found.map((one) => one.gate)).toEqual([gate]);
    expect(namesAWay(found[0]?.because ?? '')).toBe(true);
  });

  it('open again when a recent recovery is acknowledged or long ago', () => {
    expect(shut({}, { runs: [{ ...pastRun, acknowledged: true }] })).toEqual([]);
    expect(shut({}, { runs: [{ ...pastRun, endedAt: 940_000 }] })).toEqual([]);
  });

  it('hold a detection hook’s no against a failure only until its time is over', () => {
    const veto = { uid: '1:ab', because: 'the hook said no', until: openFacts.now };
    expect(shut({}, { veto })).toEqual([]);
  });

  it('have no brake where BrakeMaxRecoveries is 0', () => {
    expect(shut({}, { openedAt: [999_000], brake: { most: 0, windowMs: 10_000 } })).toEqual([]);
  });
});

describe('a sign of life', () => {
  it('is any answer of the instance, and any replica that is connected to it', () => {
    expect(lifeSignOf(finding)).toBeNull();
    const full = {
      ...finding,
      echo: 'answered' as const,
      words: 'a:1 cannot be asked: Too many connections',
    };
    expect(lifeSignOf(full)).toContain('Too many connections, and a server that answers');
    expect(lifeSignOf({ ...finding, connectedReplicas: 2 })).toContain(
      '2 of its replicas are still connected',
    );
  });

  it.each(['refused', 'reset', 'silent'] as const)('is not that the instance is heard to be %s', (echo) => {
    expect(lifeSignOf({ ...finding, echo })).toBeNull();
  });
});

/** Facts of every kind, most of them such that a gate may be shut. */
const anyFacts = fc.record({
  hasRemedy: fc.boolean(),
  leaseMs: fc.constantFrom(0, 10_000),
  unseen: fc.record({ count: fc.nat(3), waitMs: fc.integer({ min: -1, max: 2 }) }),
  reach: fc.record({ of: fc.nat(9), silent: fc.nat(9), isIsolated: fc.boolean() }),
  disabledBecause: fc.constantFrom(null, 'ann said so'),
  allowed: fc.record({
    RecoverMasterClusterFilters: fc.boolean(),
    RecoverIntermediateMasterClusterFilters: fc.boolean(),
    RecoverLockedSemiSyncMaster: fc.boolean(),
    EnforceExactSemiSyncReplicas: fc.boolean(),
    RecoverNonWriteableMaster: fc.boolean(),
  }),
  isIgnored: fc.boolean(),
  maintenance: fc.constantFrom(null, 'ann: a new disk'),
  runs: fc.array(
    fc.record({
      uid: fc.constantFrom('1:7f', '2:8e'),
      treatment: fc.constantFrom<PastRun['treatment']>('dead-primary', 'semi-sync', null),
      failed: fc.constantFrom<PastRun['failed']>('a:1', 'b:1', null),
      successor: fc.constantFrom<PastRun['successor']>('a:1', 'b:1', null),
      openedAt: fc.integer({ min: 900_000, max: 999_000 }),
      endedAt: fc.constantFrom(null, 930_000, 995_000, 999_500),
      acknowledged: fc.boolean(),
      aftereffect: fc.constantFrom<PastRun['aftereffect']>('quiets', 'holds', 'refrains', 'retries', 'none'),
      because: fc.constantFrom(null, 'a hook said no'),
    }),
    { maxLength: 4 },
  ),
  isChanged: fc.boolean(),
  openedAt: fc.array(fc.integer({ min: 980_000, max: 1_000_000 }), { maxLength: 5 }),
});
const anyFinding = fc.record({
  treatment: fc.constantFrom(...Treatment.options),
  echo: fc.constantFrom<Finding['echo']>('answered', 'refused', 'silent', 'reset'),
  validReplicas: fc.nat(2),
  connectedReplicas: fc.nat(2),
  tryingReplicas: fc.nat(2),
  isDowntimed: fc.boolean(),
  skippedForDowntime: fc.boolean(),
});

it('every gate that is shut says what a person can do, whatever the facts (P7)', () => {
  fc.assert(
    fc.property(anyFinding, anyFacts, (about, given) => {
      for (const { because } of shut(about, given)) expect(because).toSatisfy(namesAWay);
    }),
    { numRuns: 500 },
  );
});

it('a gate stands as it stands whichever was asked before it', () => {
  const names = Object.keys(gateRules) as (keyof typeof gateRules)[];
  fc.assert(
    fc.property(anyFinding, anyFacts, fc.shuffledSubarray(names), (about, given, order) => {
      const facts = { ...openFacts, ...given };
      const all = new Map(gatesOf({ ...finding, ...about }, facts).map((gate) => [gate.gate, gate]));
      for (const gate of order)
        expect({ gate, ...gateRules[gate]({ ...finding, ...about }, facts) }).toEqual(all.get(gate));
    }),
    { numRuns: 100 },
  );
});
