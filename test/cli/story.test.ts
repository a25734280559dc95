import { expect, it } from 'vitest';
import { storyOf } from '../../src/cli/story.ts';
import type { RecoveryStoryReport } from '../../src/controller/reports.ts';
import type { Entry } from '../../src/engine/record.ts';

const began = Date.parse('2026-02-03T03:00:00.000Z');
const resumed: Entry = { kind: 'resumed', because: 'a controller continues this recovery' };
const approved: Entry = { kind: 'approved', run: 7, answer: 'skip', who: 'alice', why: 'it is done' };

it('counts its seconds from the moment that stands above them', () => {
  const detection = [{ ...resumed, seq: 1, at: began - 1_000, token: 1 }];
  const lines = storyOf({ ...story(resumed), detection }).split('\n');
  expect(lines[1]).toBe('DeadMaster of db1:3306, cluster shop, in seconds since 2026-02-03T02:59:59.000Z');
  expect(lines[3]).toMatch(/^ {3}0\.000 /);
  expect(lines[4]).toMatch(/^ {3}1\.000 /);
});

it('ends with what a person can say to a hook that waits for one', () => {
  const told = storyOf(story(awaiting(Date.now() + 60_000)));
  expect(told.split('\n').at(-1)).toMatch(
    /^A hook waits for a person until .*: baton approve abcdef01 --why /,
  );
});

it.each([
  ['somebody has answered', [awaiting(Date.now() + 60_000), approved]],
  ['the time for an answer is over', [awaiting(Date.now() - 1)]],
])('asks nobody when %s', (_, entries) => {
  expect(storyOf(story(...entries))).not.toContain('A hook waits');
});

it('says who said what of a failure that was corroborated', () => {
  const votes = [
    { observer: 'baton1', kind: 'controller', says: 'dead', because: 'db1:3306 did not answer', ageMs: 12 },
    { observer: 'db2:3306', kind: 'replica', says: 'unknown', because: 'it cannot be asked', ageMs: null },
  ];
  const verdict = { instance: 'db1:3306', votes, says: 'undecided' };
  const told = storyOf(
    story({
      kind: 'answered',
      to: 1,
      step: 'corroborate',
      answer: { kind: 'ok', value: { because: 'it has held', verdict } },
    }),
  );
  expect(told).toContain('| baton1 says dead (12 ms ago): db1:3306 did not answer');
  expect(told).toContain('| db2:3306 says unknown: it cannot be asked');
});

it('says of every other replica why it was not chosen', () => {
  const value = {
    successor: 'db2:3306',
    because: 'db2:3306 has received more than db3:3306',
    comparisons: ['db2:3306 has received more than db3:3306', 'db4:3306 writes no binary log'],
    donor: null,
  };
  const told = storyOf(story({ kind: 'answered', to: 1, step: 'elect', answer: { kind: 'ok', value } }));
  expect(told).toContain('| db4:3306 writes no binary log');
  expect(told).not.toContain('| db2:3306');
});

it('a takeover is told as one, and who asked for it and why', () => {
  const { recovery, ...records } = story();
  const asked = { command: 'graceful-master-takeover', who: 'alice', why: 'new disks' };
  const told = storyOf({ recovery: { ...recovery, kind: 'takeover', asked }, ...records });
  expect(told).toContain('takeover of db1:3306, cluster shop');
  expect(told).toContain('Asked for by alice: new disks');
  expect(told).not.toContain('DeadMaster');
});

it('a story says what a replaced primary that is offered waits for', () => {
  const { returns: _, ...rest } = story();
  const because = 'db1:3306 has nothing that db2:3306 lacks';
  const reason = `${because} and may follow it: baton rejoin db1:3306`;
  const returned = {
    instance: 'db1:3306',
    at: '2026-02-03T04:05:06.000Z',
    state: 'offered',
    sentence: 'It takes no writes.',
    reason,
    assessment: { canFollow: true, errant: '', count: 0, because },
    saved: null,
    rejoin: null,
  } as const;
  expect(storyOf({ ...rest, returns: [returned] })).toContain(`db1:3306 is back: ${reason}\n`);
});

it('a story says what the failover has cost the data, and names every transaction that may be lost', () => {
  const { recovery, ...records } = story();
  const dataVerdict = {
    kind: 'at-most',
    because: 'at most 2 are lost',
    listed: '0-1-8..9',
    lostAtMost: 2,
  } as const;
  expect(storyOf({ recovery: { ...recovery, dataVerdict }, ...records })).toContain(
    'The data: at most 2 are lost. All that may be lost: 0-1-8..9',
  );
});

it('a story says when the replaced primary came back, what only it had, where that is written down, and what came of its rejoin', () => {
  const { returns: _, ...rest } = story();
  const because = 'db1:3306 has 2 transactions that db2:3306 lacks: 0-1-8..9';
  const returned = {
    instance: 'db1:3306',
    at: '2026-02-03T04:05:06.000Z',
    state: 'offered',
    sentence: 'It takes no writes.',
    reason: null,
    assessment: { canFollow: false, errant: '0-1-8..9', count: 2, because },
    saved: '/var/lib/baton.errant/db1.txt',
    rejoin: { state: 'rejoined', sentence: 'The old primary follows its successor.', reason: null },
  } as const;
  const told = storyOf({ ...rest, returns: [returned] });
  expect(told).toContain(`2026-02-03T04:05:06.000Z: db1:3306 is back: ${because}`);
  expect(told).toContain(
    '    The old primary follows its successor.\n    written down in /var/lib/baton.errant/db1.txt',
  );
});

function awaiting(deadline: number): Entry {
  return { kind: 'awaiting', run: 7, deadline };
}

function story(...entries: readonly Entry[]): RecoveryStoryReport {
  return {
    recovery: {
      uid: `1770087600000000000:abcdef01${'0'.repeat(56)}`,
      kind: 'recovery',
      cluster: 'shop',
      failed: 'db1:3306',
      code: 'DeadMaster',
      state: 'under way',
      sentence: 'It goes on.',
      successor: null,
      lost: [],
      dataVerdict: null,
      reason: null,
      startedAt: new Date(began).toISOString(),
      endedAt: null,
      acknowledged: null,
      asked: null,
    },
    records: entries.map((entry, at) => ({ ...entry, seq: at + 1, at: began, token: 1 })),
    suspicion: [],
    returns: [],
    detection: [],
  };
}
