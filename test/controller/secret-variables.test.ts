import { expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/keys.ts';
import { secretTextsOf, secretVariablesOf } from '../../src/controller/secret-variables.ts';
import { configuredHook } from '../hooks/facts.ts';

const action = { kind: 'http', url: 'https://x', headers: {}, secretVariable: 'PAGER_KEY' } as const;
const config = {
  ...defaultConfig,
  MySQLTopologyPassword: 'opensesame',
  OnAllClearProcesses: [configuredHook('', { action })],
};
const environment = { MYSQL: 'opensesame', PAGER_KEY: 'whsec_abc', PATH: '/bin' };

it('no hook gets a variable with a password, nor one with a key that signs requests', () => {
  expect(secretVariablesOf(config, environment)).toEqual(['MYSQL', 'PAGER_KEY']);
});

it('passwords and signing keys are taken out of what is logged and kept', () => {
  expect(secretTextsOf(config, environment)).toEqual(['opensesame', 'whsec_abc']);
});
