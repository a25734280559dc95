import fc from 'fast-check';
import { expect, it } from 'vitest';
import { headersOfVariables } from '../../../src/hooks/spawner/request-headers.ts';

it('gives a request the variables that a script would have besides those of the words', () => {
  const variables = { BATON_HOOK_ATTEMPT: '2', TRACEPARENT: '00-ab-cd-01', ORC_COMMAND: 'x', PATH: '/bin' };
  expect(headersOfVariables(variables)).toEqual({ 'Baton-Hook-Attempt': '2', traceparent: '00-ab-cd-01' });
});

it('spells what no header can hold as a URL would, and any value can be had back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const [header = ''] = Object.values(headersOfVariables({ BATON_REASON: value }));
      expect(header).toMatch(/^[\x20-\x7e]*$/);
      expect(decodeURIComponent(header)).toBe(value);
    }),
  );
});
