import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/analysis/finding.ts';
import { type GateFacts, gatesOf, lifeSignOf } from '../../src/analysis/gates.ts';

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
const facts: GateFacts = {
  cluster: { id: 'c', name: 'a:1', alias: 'shop' },
  now: 1_000_000,
  automatic: true,
  hasRemedy: true,
  disabledBecause: null,
  recoveries: [],
  quietMs: 60_000,
  veto: null,
  openedAt: [],
  brake: { most: 3, windowMs: 10_000 },
};
const shut = (about: Partial<Finding>, given: Partial<GateFacts>) =>
  gatesOf({ ...finding, ...about }, { ...facts, ...given }).filter(({ open }) => !open);

describe('the gates', () => {
  it('are all open for a dead primary of a cluster that is recovered by itself', () => {
    expect(shut({}, {})).toEqual([]);
  });

  it.each<[gate: string, about: Partial<Finding>, given: Partial<GateFacts>]>([
    ['treatment', { treatment: 'announce' }, {}],
    ['detection-hooks', {}, { veto: { uid: '1:ab', because: 'the hook said no', until: 1_000_001 } }],
    ['enabled', {}, { disabledBecause: 'ann said so' }],
    ['filter', {}, { automatic: false }],
    ['downtime', { isDowntimed: true }, {}],
    ['downtime', { skippedForDowntime: true }, {}],
    ['replicas', { validReplicas: 0 }, {}],
    ['answers', { echo: 'answered', words: 'a:1 cannot be asked: Too many connections' }, {}],
    ['connected', { connectedReplicas: 1 }, {}],
    ['witness', { tryingReplicas: 0 }, {}],
    ['active', {}, { recoveries: [{ uid: '7', endedAt: null, acknowledged: false }] }],
    ['recent', {}, { recoveries: [{ uid: '7', endedAt: 990_000, acknowledged: false }] }],
    ['brake', {}, { openedAt: [999_000, 998_000, 991_000] }],
  ])('shut one alone, with a sentence, where it is the %s (P7)', (gate, about, given) => {
    const found = shut(about, given);
    expect(found.map((one) => one.gate)).toEqual([gate]);
    expect(found[0]?.because).toMatch(/\w+ \w+/);
  });

  it('open again when a recent recovery is acknowledged or long ago', () => {
    expect(shut({}, { recoveries: [{ uid: '7', endedAt: 990_000, acknowledged: true }] })).toEqual([]);
    expect(shut({}, { recoveries: [{ uid: '7', endedAt: 940_000, acknowledged: false }] })).toEqual([]);
  });

  it('hold a detection hook’s no against a failure only until its time is over', () => {
    const veto = { uid: '1:ab', because: 'the hook said no', until: facts.now };
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
