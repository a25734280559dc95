import { expect, it } from 'vitest';
import {
  type Act,
  askingOf,
  begunIn,
  foreseenIn,
  foreseenOf,
  isClear,
  previewOf,
  wordsOf,
} from '../../web/src/acts/act.ts';
import { stepsIn } from '../../web/src/acts/steps.ts';
import { forbidden } from '../../web/src/acts/permission.ts';
import type { Session } from '../../web/src/api/types.ts';
import { anApi } from '../api/served.ts';

const asker = { by: 'ann', why: 'a test' };
const acts: readonly Act[] = [
  { is: 'relocate', instance: 'b:1', below: 'a:1' },
  { is: 'takeover', cluster: 'a:1', to: null },
  { is: 'takeover', cluster: 'a:1', to: 'b:1' },
  { is: 'recover', instance: 'a:1' },
  { is: 'begin-downtime', instance: 'b:1', forMs: 60_000 },
  { is: 'end-downtime', instance: 'b:1' },
  { is: 'disable' },
  { is: 'enable' },
  { is: 'acknowledge', uid: '17:ab' },
  { is: 'cancel', uid: '17:ab' },
  { is: 'approve', uid: '17:ab', answer: 'rerun' },
];

it.each(acts)('$is is asked, and previewed, as the API takes it', async (act) => {
  const api = await anApi();
  for (const asking of [askingOf(act, asker), previewOf(act)]) {
    if (asking === null) continue;
    const { json } = await api.inject({
      method: 'POST',
      url: `/baton/v1${asking.path}`,
      payload: asking.body as object,
    });
    // It may be refused for how things stand, never for how it was asked.
    expect(json().code, json().detail).not.toBe('usage');
  }
});

it.each(acts)('$is says before what will happen', (act) => {
  expect(previewOf(act) !== null || foreseenOf(act).plan.length > 0).toBe(true);
  expect(wordsOf(act).title.length).toBeGreaterThan(5);
});

it('shows the gates of a change of primary, and takes none that has a shut one', () => {
  const shut = { gate: 'lag', open: false, because: 'it lags' };
  const preview = {
    gates: [shut],
    successor: 'b:1' as const,
    because: 'it is ahead',
    comparisons: [],
    plan: ['one'],
  };
  const foreseen = foreseenIn(preview);
  expect(foreseen.because).toBe('b:1 would be promoted: it is ahead');
  expect(isClear(foreseen)).toBe(false);
  expect(isClear(foreseenIn({ ...preview, gates: [{ ...shut, open: true }] }))).toBe(true);
});

it('takes no operation that something speaks against', () => {
  expect(isClear(foreseenIn({ plan: [], refusals: ['it is the primary'], gates: [] }))).toBe(false);
});

it('tells by the gates of an operation what they tell, and by sentences the rest', () => {
  const isPrimary = { gate: 'a replica', open: false, because: 'it is the primary' };
  const foreseen = foreseenIn({ plan: [], refusals: ['it is the primary', 'another'], gates: [isPrimary] });
  expect(foreseen.refusals).toEqual(['another']);
  expect(foreseen.gates).toEqual([isPrimary]);
});

it('knows the run that was begun', () => {
  expect([begunIn({ uid: '17:ab' }), begunIn({ disabled: null }), begunIn(null)]).toEqual([
    '17:ab',
    null,
    null,
  ]);
});

const session: Session = {
  name: 'ann',
  role: 'acknowledge',
  isReadOnly: false,
  speaksForOthers: false,
  canSignOut: false,
  isPretended: false,
  reasonableLagSeconds: 10,
};
const ours = { name: 'here', since: null, isOurs: true, address: null, cutOff: null };

it('says before asking why somebody may not', () => {
  const acknowledge: Act = { is: 'acknowledge', uid: '17:ab' };
  const asked = { session, leader: ours, isHeard: true };
  expect(forbidden(acknowledge, asked)).toBeNull();
  expect(forbidden({ is: 'disable' }, asked)).toBe('This needs the role recover; ann has acknowledge.');
  expect(forbidden(acknowledge, { ...asked, session: { ...session, isReadOnly: true } })).toContain(
    'ReadOnly',
  );
  expect(forbidden(acknowledge, { ...asked, leader: { ...ours, isOurs: false } })).toContain('here leads');
  expect(forbidden(acknowledge, { ...asked, session: null })).toContain('signed in');
  expect(forbidden(acknowledge, { ...asked, isHeard: false })).toContain('not heard');
});

it('tells the steps of a plan from their statements', () => {
  expect(stepsIn(['a is asked to stop', '    STOP SLAVE', '    DO 1', 'b is waited for'])).toEqual([
    { place: 0, says: 'a is asked to stop', statements: ['STOP SLAVE', 'DO 1'] },
    { place: 1, says: 'b is waited for', statements: [] },
  ]);
});
