import { expect, it, onTestFinished, vi } from 'vitest';
import { defaultConfig } from '../../src/config/keys.ts';
import { spawnerOptionsOf } from '../../src/controller/hooks-of-config.ts';
import { configuredHook } from '../hooks/facts.ts';

it('keeps the keys that sign requests out of what hooks said, as the log does', () => {
  const name = 'BATON_TEST_PAGER_KEY';
  vi.stubEnv(name, 'geheim-geheim');
  onTestFinished(() => void vi.unstubAllEnvs());
  const action = { kind: 'http', url: 'https://h', headers: {}, secretVariable: name } as const;
  const config = { ...defaultConfig, PostFailoverProcesses: [configuredHook('', { action })] };
  expect(spawnerOptionsOf(config).redact('the key geheim-geheim is wrong')).toBe('the key [secret] is wrong');
});
