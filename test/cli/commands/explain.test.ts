import { expect, it } from 'vitest';
import { explanationText } from '../../../src/cli/commands/explain.ts';
import { paintFor } from '../../../src/cli/paint.ts';
import type { Finding } from '../../../src/analysis/finding.ts';
import type { ExplanationReport } from '../../../src/controller/counsel-reports.ts';

const report: ExplanationReport = {
  id: '3f2a91bc',
  name: 'db1:3306',
  alias: 'shop',
  asked: { instance: 'db1:3306', code: 'DeadMaster', evidence: 'it is gone', isSupposed: true },
  gates: [
    {
      gate: 'filter',
      state: 'shut',
      because: 'shop matches no entry of RecoverMasterClusterFilters',
      since: '2026-11-22T06:57:39.835Z',
      sinceAtLeast: true,
    },
    {
      gate: 'answers',
      state: 'later',
      because: 'would be shut if the primary answered',
      since: '2026-11-22T07:00:00.000Z',
      sinceAtLeast: false,
    },
  ],
  findings: [],
  succession: {
    successor: 'db2:3306',
    because: 'db2:3306 has received more than db3:3306',
    comparisons: ['db2:3306 has received more than db3:3306', 'db4:3306 writes no binary log'],
  },
  signals: [],
  lastDetection: null,
  lastRecovery: {
    uid: '1:3f2a91bc00',
    kind: 'recovery',
    cluster: 'shop',
    failed: 'db0:3306',
    code: 'DeadMaster',
    state: 'recovered',
    sentence: 'A successor serves the cluster.',
    successor: 'db1:3306',
    lost: [],
    dataVerdict: null,
    reason: null,
    startedAt: '2026-11-20T00:00:00.000Z',
    endedAt: '2026-11-20T00:00:01.000Z',
    acknowledged: null,
    asked: null,
  },
};

it('a replaced primary that waits is told of, with the command that is next', () => {
  const waiting = { code: 'ReplacedAndWaiting', because: 'it waits: "baton rejoin" lets it follow' };
  const finding = {
    instance: 'db0:3306',
    code: 'NoProblem',
    warnings: [],
    troubles: [waiting],
    evidence: 'answers',
  };
  const paint = paintFor({ print: () => {}, say: () => {}, colours: false });
  const text = explanationText({ ...report, findings: [finding as unknown as Finding] }, paint);
  expect(text).toContain(
    'found: db0:3306: ReplacedAndWaiting; answers\n  it waits: "baton rejoin" lets it follow\nwould promote',
  );
});

it('an explanation has a line for each gate, with since when where that was seen, who would be promoted and why, and what happened last (P7)', () => {
  const paint = paintFor({ print: () => {}, say: () => {}, colours: false });
  expect(explanationText(report, paint)).toBe(
    [
      'shop (db1:3306): if db1:3306 died now (DeadMaster)',
      '  SHUT   filter           shop matches no entry of RecoverMasterClusterFilters',
      '  later  answers          would be shut if the primary answered; since 2026-11-22T07:00:00.000Z',
      '',
      'nothing is wrong now',
      'would promote db2:3306',
      '  db2:3306 has received more than db3:3306',
      '  db4:3306 writes no binary log',
      'last detection: none',
      'last recovery: 3f2a91bc 2026-11-20T00:00:00.000Z DeadMaster of db0:3306: A successor serves the cluster.',
    ].join('\n'),
  );
});
