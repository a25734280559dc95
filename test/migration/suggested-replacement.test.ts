import { describe, expect, it } from 'vitest';
import { freely, type PromotionRules } from '../../src/analysis/choice/promotion-rules.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { halfMadeIn, suggestReplacement } from '../../src/migration/suggested-replacement.ts';
import type { Instance } from '../../src/topology/snapshot.ts';
import { newInstance } from '../../src/topology/snapshot.ts';
import { primary, replica, unread } from '../topology/instances.ts';

const east = { dataCenter: 'east', region: 'north', environment: 'live' };
const west = { ...east, dataCenter: 'west', region: 'south' };
const failed = primary('a:1', east);

type Twist = NonNullable<Parameters<typeof replica>[2]>;
const below = (key: InstanceKey, { server, ...twist }: Twist) =>
  replica(key, 'p:1', { ...twist, server: { serverId: key.charCodeAt(0), ...server } });
const promoted = (twist: Twist) =>
  replica('p:1', 'a:1', { ...twist, server: { serverId: 9, ...twist.server } });

function suggested(p: Twist, others: readonly Instance[], rules: Partial<PromotionRules> = {}) {
  const half = { failed, promoted: promoted(p), members: [failed, promoted(p), ...others] };
  return suggestReplacement({ ...half, rules: { ...freely, ...rules } }).replacement;
}

const should = { promotionRule: 'prefer' } as const;

describe('orchestrator’s second choice', () => {
  it.each<[what: string, replacement: InstanceKey, promoted: Twist, others: readonly Instance[]]>([
    [
      'stays where it should be and is',
      'p:1',
      { ...east, ...should },
      [below('b:1', { ...east, ...should })],
    ],
    [
      'is who should be beside the failed one',
      'b:1',
      { ...west, ...should },
      [below('b:1', { ...east, ...should })],
    ],
    [
      'stays who should be, before others elsewhere',
      'p:1',
      { ...west, ...should },
      [below('b:1', { ...west, ...should })],
    ],
    [
      'is who should be beside the promoted one',
      'b:1',
      west,
      [below('b:1', { ...west, ...should }), below('c:1', { ...east, environment: 'test', ...should })],
    ],
    ['is who should be anywhere', 'c:1', west, [below('c:1', { ...east, environment: 'test', ...should })]],
    [
      'is the last of two as good',
      'c:1',
      west,
      [below('b:1', { ...east, ...should }), below('c:1', { ...east, promotionRule: 'must' })],
    ],
    ['stays before who is neutral', 'p:1', west, [below('b:1', east)]],
    [
      'is who is neutral before one that had better not be',
      'b:1',
      { ...west, promotionRule: 'prefer_not' },
      [below('b:1', east)],
    ],
    [
      'stays where all others had better not be either',
      'p:1',
      { ...west, promotionRule: 'prefer_not' },
      [below('b:1', { ...east, promotionRule: 'prefer_not' })],
    ],
  ])('%s', (_, replacement, p, others) => {
    expect(suggested(p, others)).toBe(replacement);
  });

  it('may be who is neutral, where the promoted one is in a wrong data centre or region', () => {
    const neutral = [below('b:1', east)];
    expect(suggested(west, neutral, { staysInDataCenter: true })).toBe('b:1');
    expect(suggested(west, neutral, { staysInRegion: true })).toBe('b:1');
    const wished = [below('b:1', { ...west, ...should })];
    expect(suggested({ ...east, environment: 'test' }, wished, { staysInDataCenter: true })).toBe('p:1');
  });

  it.each<[what: string, other: Instance]>([
    ['cannot be read', below('b:1', { ...east, ...should, ...unread })],
    ['writes no binary log', below('b:1', { ...east, ...should, server: { logBin: false } })],
    [
      'logs nothing it replicates',
      below('b:1', { ...east, ...should, server: { logReplicaUpdates: false } }),
    ],
    ['is a binlog server', below('b:1', { ...east, ...should, isBinlogServer: true })],
    ['must not', below('b:1', { ...east, promotionRule: 'must_not' })],
    ['is ignored', below('i:1', { ...east, ...should })],
    ['does not replicate from the promoted one', replica('b:1', 'a:1', { ...east, ...should })],
    [
      'is no source for the promoted one',
      below('b:1', { ...east, ...should, server: { version: '11.4.1' } }),
    ],
  ])('is never one that %s', (_, other) => {
    expect(suggested(west, [other], { ignoredHosts: [/^i/] })).toBe('p:1');
  });
});

describe('rows', () => {
  const members = [failed, promoted({}), below('b:1', {}), replica('c:1', 'a:1')];
  const nobody = { failed: null, promoted: null };

  it('show by themselves who failed and who was promoted', () => {
    const half = halfMadeIn(members, nobody);
    expect([half.failed.key, half.promoted.key]).toEqual(['a:1', 'p:1']);
  });

  it('are refused where they do not show it', () => {
    expect(() => halfMadeIn([...members, newInstance('z:1')], nobody)).toThrow(
      'a:1, z:1 could each be the failed primary (name it with --failed)',
    );
    expect(() => halfMadeIn([failed, replica('c:1', 'a:1')], nobody)).toThrow(
      'none of the rows is the promoted replica (name it with --promoted)',
    );
  });
});
