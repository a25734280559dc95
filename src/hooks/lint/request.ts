import { remark } from './finding.ts';
import type { Check } from './subject.ts';
import { namesIn } from './syntax.ts';

/** An address is the same at every recovery: what is known is in the body. */
export const examineRequest: Check = ({ hook: { action } }) => {
  if (action.kind !== 'http') return [];
  const names = namesIn([action.url, ...Object.values(action.headers)].join(' '));
  const [first] = names;
  if (first === undefined) return [];
  const what = names.map((name) => `{${name}}`).join(', ');
  const is = names.length > 1 ? 'are' : 'is';
  return [
    remark(
      'warning',
      `${what} ${is} not replaced in the request of an Http hook; its body has all that is known, as JSON.`,
    ),
  ];
};
