import { describe, expect, it } from 'vitest';
import { freely } from '../../../src/analysis/choice/promotion-rules.ts';
import { remedies } from '../../../workflows/acting.ts';
import { analyse } from '../../../src/analysis/analyse.ts';
import { gateWords, questionOf, standsOf } from '../../../src/analysis/advice/explain.ts';
import { gatesOf } from '../../../src/analysis/gates/gates.ts';
import { successionOf } from '../../../src/analysis/choice/succession.ts';
import type { Instance } from '../../../src/topology/snapshot.ts';
import { failingToConnect, primary, readAt, replica, unread } from '../../topology/instances.ts';
import { openFacts } from '../gate-facts.ts';
import { defaultSettings } from '../settings.ts';

const a = primary('a:1');
const [b, c] = [replica('b:1', 'a:1'), replica('c:1', 'a:1')];
const now = readAt + 500;

function asked(members: readonly Instance[], fencingRequired: 'attempted' | 'proven' = 'attempted') {
  const [first = a] = members;
  const question = questionOf(first, {
    members,
    now,
    analyse: (instances, takenAt) => analyse({ takenAt, instances }, defaultSettings),
  });
  if (question === null) throw new Error('nothing was asked');
  const gates = gatesOf(question.finding, {
    ...openFacts,
    hasRemedy: remedies[question.finding.treatment] !== undefined,
  });
  const succession = successionOf(first, members, { now, rules: freely });
  const { isSupposed } = question;
  const fencing = { fencingRequired, fencingReachable: 'attempted' } as const;
  const stands = standsOf(gates, { isSupposed, succession, ...fencing });
  const states = (state: string) => stands.filter((one) => one.state === state).map(({ gate }) => gate);
  return { question, stands, shut: states('shut'), later: states('later') };
}

describe('while nothing is wrong the gates', () => {
  it('are asked of what would be found if the primary died now (P10)', () => {
    const { question, shut, later } = asked([a, b, c]);
    expect(question).toMatchObject({ isSupposed: true, finding: { code: 'DeadMaster', instance: 'a:1' } });
    expect(shut).toEqual([]);
    expect(later).toEqual(['reach', 'quorum', 'answers', 'connected', 'witness']);
  });

  it('say already which would be shut: without witnesses, without a candidate, with fencing out of reach', () => {
    const stopped = { replication: { ioThread: 'stopped' as const } };
    expect(asked([a, replica('b:1', 'a:1', stopped), replica('c:1', 'a:1', stopped)]).shut).toEqual([
      'witness',
    ]);
    expect(asked([a]).shut).toEqual(['treatment', 'replicas', 'witness', 'candidate']);
    expect(asked([a, replica('b:1', 'a:1', { server: { logBin: false } })]).shut).toEqual(['candidate']);
    expect(asked([a, b, c], 'proven').shut).toEqual(['fencing']);
  });
});

it('a failure that is there is explained as it is found', () => {
  const lost = { replication: failingToConnect };
  const dead = primary('a:1', unread);
  const { question, later } = asked([dead, replica('b:1', 'a:1', lost), replica('c:1', 'a:1', lost)]);
  expect(question).toMatchObject({ isSupposed: false, finding: { code: 'DeadMaster' } });
  expect(later).toEqual([]);
});

it('a primary that only Baton cannot reach is not supposed to be dead: why nothing is done is said of what is found', () => {
  const { question, shut } = asked([primary('a:1', unread), b, c]);
  expect(question).toMatchObject({ isSupposed: false, finding: { code: 'UnreachableMaster' } });
  expect(shut).toContain('treatment');
});

it('every gate has its words, and every word its gate', () => {
  const { stands } = asked([a, b, c]);
  expect(stands.map(({ gate }) => gate)).toEqual(Object.keys(gateWords));
});
