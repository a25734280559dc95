import { expect, it } from 'vitest';
import { Changelog } from '../../../src/controller/history/changelog.ts';
import { memoryJournal } from '../../../src/journal/memory.ts';
import { anOpening } from '../../journal/contract.ts';

it('passes over detections that another version wrote in another shape', async () => {
  const journal = memoryJournal();
  const finding = { instance: 'a:1', code: 'DeadMaster', warnings: [] };
  const inputs = [{ cluster: 'shop' }, { finding: { instance: 'b:1' } }, { finding }];
  for (const [at, input] of inputs.entries())
    await journal.open({
      ...anOpening(),
      uid: `${at}:aa`,
      workflow: 'detection',
      exclusive: false,
      input,
      at,
    });
  const changelog = new Changelog();
  await changelog.load(journal);
  expect(changelog.report()).toEqual([{ instance: 'a:1', changes: [{ at: 2, codes: ['DeadMaster'] }] }]);
});
