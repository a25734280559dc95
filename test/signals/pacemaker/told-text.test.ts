import { expect, it } from 'vitest';
import { operationText, toldText } from '../../../src/signals/pacemaker/told-text.ts';

const alert = { via: 'alert', at: null, sequence: null } as const;

it('says what was told in one line, which nothing that a cluster says can break, colour or fill', () => {
  expect(toldText({ ...alert, node: 'db1', kind: 'node', state: 'lost' })).toBe('db1 is told to be lost');
  const fencing = { ...alert, node: 'db1', kind: 'fencing', description: 'x', reference: null } as const;
  expect(toldText({ ...fencing, rc: 0 })).toBe('db1 is told to be fenced: x');
  expect(toldText({ ...fencing, rc: -61 })).toBe('the fencing of db1 is told to have failed: x');
  const nasty = operationText({
    node: 'a\n\u{1b}[2J\u{202e}',
    resource: 'b\0',
    task: 'c\r',
    description: 'd'.repeat(9_999),
  });
  expect(nasty).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(nasty.length).toBeLessThan(310);
});
