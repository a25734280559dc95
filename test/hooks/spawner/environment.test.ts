import { expect, it } from 'vitest';
import { environmentOf } from '../../../src/hooks/spawner/environment.ts';

const own = {
  PATH: '/bin',
  COLOUR: 'red',
  KEY: 'secret',
  ORC_SUCCESSOR_HOST: 'of another recovery',
  BATON_DEADLINE: '1',
  BATON_HOOK_RUN_ID: '1:ab/2',
  BATON_REHEARSAL: '1',
  TRACEPARENT: '00-0-0-01',
};

it('hooks inherit nothing that would tell them of another run than their own', () => {
  const inherited = environmentOf({ kind: 'inherit', withhold: ['KEY'] }, own);
  expect(inherited).toEqual({ PATH: '/bin', COLOUR: 'red' });
});

it('hooks in a clean environment have next to nothing', () => {
  expect(environmentOf({ kind: 'clean', withhold: [] }, own)).toEqual({ PATH: '/bin' });
});
