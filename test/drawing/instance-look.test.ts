import { expect, it } from 'vitest';
import { type LookView, lookOf, type SeenInstance } from '../../src/drawing/instance-look.ts';
import { anInstance } from '../web/a-cluster.ts';

const view: LookView = { primary: 'a:1', sources: new Set(['a:1', 'b:1']), reasonableLagSeconds: 10 };
const look = (more: Partial<SeenInstance> = {}) =>
  lookOf(anInstance('b:1', { source: 'a:1', ...more }), view);

it('tells a primary, a co-primary, an intermediate and a replica apart', () => {
  const roles = [
    lookOf(anInstance('a:1'), view),
    lookOf(anInstance('a:1', { source: 'b:1' }), view),
    look(),
    lookOf(anInstance('c:1', { source: 'b:1' }), view),
  ].map(({ role }) => role);
  expect(roles).toEqual(['primary', 'co-primary', 'intermediate', 'replica']);
});

it('finds nothing wrong with what works', () => {
  expect(look()).toEqual({ role: 'intermediate', tone: 'good', flaws: [], version: '10.11.6', lag: '0 s' });
});

it.each([
  ['no answer', { answering: false, error: 'b:1 refuses' }],
  ['not applying', { sqlThread: 'stopped' }],
  ['source lost', { ioThread: 'connecting' }],
  ['not receiving', { ioThread: 'stopped' }],
  ['replaced', { isReplaced: true }],
  ['detached', { source: null, detachedFrom: 'a:1' }],
  ['errant GTID', { errantGtid: '0-2-7' }],
  ['takes writes', { readOnly: false }],
  ['lags', { lagSeconds: 11 }],
] as const)('says %s, in a sentence too', (short, more) => {
  const { flaws } = look(more);
  expect(flaws.map((flaw) => flaw.short)).toContain(short);
  expect(flaws.every(({ says }) => says.length > 10)).toBe(true);
});

it('says of a primary that it takes no writes', () => {
  expect(lookOf(anInstance('a:1', { readOnly: true }), view).flaws).toMatchObject([{ short: 'read-only' }]);
});

it('is as bad as the worst of what is wrong, and calm where people said to leave it alone', () => {
  expect(look({ readOnly: false, sqlThread: 'stopped' })).toMatchObject({
    tone: 'bad',
    flaws: [{ short: 'not applying' }, { short: 'takes writes' }],
  });
  expect(look({ sqlThread: 'stopped', downtime: 'disk (ann)' }).tone).toBe('calm');
  expect(look({ inMaintenance: true }).tone).toBe('calm');
});
