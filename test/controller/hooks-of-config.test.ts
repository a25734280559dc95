import { expect, it, onTestFinished, vi } from 'vitest';
import { HookList } from '../../src/config/hook.ts';
import { defaultConfig } from '../../src/config/keys.ts';
import { spawnerOptionsOf } from '../../src/controller/hooks-of-config.ts';

it('keeps the keys that sign requests out of what hooks said, as the log does', () => {
  vi.stubEnv('BATON_TEST_PAGER_KEY', 'geheim-geheim');
  onTestFinished(() => void vi.unstubAllEnvs());
  const Http = { Url: 'https://h', Secret: '${BATON_TEST_PAGER_KEY}' };
  const config = { ...defaultConfig, PostFailoverProcesses: HookList.parse([{ Http }]) };
  expect(spawnerOptionsOf(config).redact('the key geheim-geheim is wrong')).toBe('the key [secret] is wrong');
});
