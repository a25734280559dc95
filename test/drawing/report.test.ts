import { expect, it } from 'vitest';
import { summaryOf } from '../../src/drawing/conclusion.ts';
import { drawnMachine } from '../../src/drawing/drawn-machine.ts';
import { machines } from '../../src/drawing/machines.ts';
import { hidden } from '../../src/drawing/hidden.ts';
import { incidentPage, type Reported } from '../../src/drawing/report/incident-page.ts';
import { standingsOf } from '../../src/drawing/standings.ts';
import { recoveryReport } from '../../src/controller/reports.ts';
import type { JournalRecord } from '../../src/engine/record.ts';
import { recordingOf } from '../simulation/workbench/recordings.ts';

/** The recovery of the story, its records changed before they are told. */
async function reportedOf(story: string, changed = (record: JournalRecord) => record): Promise<Reported> {
  const runs = [];
  const drawn = [];
  let recovery: Reported['recovery'] | null = null;
  for (const name of ['detection', 'recovery']) {
    const { opening, records } = await recordingOf(story, name);
    const { uid, workflow, at, input } = opening;
    const told = records.map(changed);
    const machine = machines.find((one) => one.name === workflow) ?? null;
    runs.push({ uid, workflow, openedAt: at, records: told, standings: standingsOf(machine, input, told) });
    drawn.push(await drawnMachine(workflow));
    const end = told.find((record) => record.kind === 'ended') ?? null;
    recovery = recoveryReport({ opening, endedAt: end?.at ?? null, end, acknowledged: null });
  }
  if (recovery === null) throw new Error('there is no recovery');
  return { recovery, runs, machines: drawn.filter((one) => one !== null), signals: [] };
}

it('tells an incident in one file that asks nobody for anything', async () => {
  const page = incidentPage(await reportedOf('dead-primary'));
  expect(page).toContain("default-src 'none'");
  // The one address is the name of SVG's own words.
  expect([...page.matchAll(/(?:https?:)?\/\/[a-z0-9.-]+/gi)].map(([address]) => address)).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^(?!http:\/\/www\.w3\.org)/)]),
  );
  expect(page).not.toMatch(/<(?:link|img|iframe|script src)/);
  for (const part of [
    'The way it took',
    'The timeline',
    'Who said what of it',
    'Whether Baton might act',
    'Servers, before and after',
    'Hooks',
  ])
    expect(page).toContain(part);
  expect(page).toContain('b:3306 serves now.');
});

it('says in the timeline what other systems told of the hosts meanwhile', async () => {
  const reported = await reportedOf('dead-primary');
  const heardAt = reported.recovery.startedAt;
  const signals = [{ heardAt, from: 'pacemaker', because: 'node1 was fenced' }];
  expect(incidentPage({ ...reported, signals })).toMatch(/pacemaker<\/td><td>node1 was fenced<\/td>/);
});

it('hides in it what looks like a secret, wherever it stands', async () => {
  const secret = 'hunter2hunter2';
  const page = incidentPage(
    await reportedOf('dead-primary', (record) =>
      record.kind === 'hooked'
        ? { ...record, outcome: { ...record.outcome, output: `mysql --password=${secret}\n` } }
        : record.kind === 'hook'
          ? { ...record, command: `notify https://baton:${secret}@pager.example/` }
          : record,
    ),
  );
  expect(page).toContain('--password=[hidden]');
  expect(page).not.toContain(secret);
});

it('lets nothing that a hook wrote become part of the page', async () => {
  const wild = '</pre></script><script>alert(1)</script>';
  const page = incidentPage(
    await reportedOf('dead-primary', (record) =>
      record.kind === 'hooked'
        ? { ...record, outcome: { ...record.outcome, output: wild, because: wild } }
        : record,
    ),
  );
  expect(page).not.toContain('<script>alert');
});

it.each([
  ['password: "a b c" rest', 'password: [hidden] rest'],
  [
    "CHANGE MASTER TO MASTER_PASSWORD='x y', MASTER_PORT=1",
    'CHANGE MASTER TO MASTER_PASSWORD=[hidden], MASTER_PORT=1',
  ],
  ["CREATE USER r IDENTIFIED BY 'x'", 'CREATE USER r IDENTIFIED BY [hidden]'],
  ['Authorization: Bearer abcdefgh.ijkl', 'Authorization: Bearer [hidden]'],
  ['{"token":"abc","n":1}', '{"token":[hidden],"n":1}'],
  ['mysql://root:pw@db1/', 'mysql://root:[hidden]@db1/'],
  ['MYSQL_PWD=abc mysql', 'MYSQL_PWD=[hidden] mysql'],
  ['db1:3306 was asked to be the primary', 'db1:3306 was asked to be the primary'],
])('hides of "%s" what is secret', (text, told) => {
  expect(hidden(text)).toBe(told);
});

it('sums a recovery up that goes on, and says nothing twice', async () => {
  const { recovery } = await reportedOf('dead-primary');
  const lines = summaryOf({
    ...recovery,
    state: 'under way',
    sentence: 'It goes on.',
    successor: null,
    endedAt: null,
    dataVerdict: null,
  });
  expect(lines).toEqual(['a:3306, of the cluster a:3306, was found failing (DeadMaster).', 'It goes on.']);
});
