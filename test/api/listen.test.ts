import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { listenOnNetwork } from '../../src/api/listen.ts';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { served } from './served.ts';

async function listening(
  given: Partial<Config>,
): Promise<{ told: string[]; loud: string[]; isOpen: boolean }> {
  const [told, loud]: [string[], string[]] = [[], []];
  const teller = {
    tell: (sentence: string) => void told.push(sentence),
    warn: (sentence: string) => void loud.push(sentence),
  };
  const api = await listenOnNetwork(await served(), {
    config: { ...defaultConfig, ...given },
    teller,
    audit: { write: () => {}, settled: async () => {} },
  });
  onTestFinished(async () => api?.close());
  return { told, loud, isOpen: api !== null };
}

/** A port that another program has. */
async function taken(port = 0): Promise<number> {
  const other = createServer();
  const bound = await new Promise<number>((resolve) => {
    other.on('error', () => resolve(port));
    other.listen(port, '127.0.0.1', () => resolve(Number(Object(other.address()).port)));
  });
  onTestFinished(() => void other.close());
  return bound;
}

it('answers where ListenAddress says, below URLPrefix, with headers against frames and guesses', async () => {
  const { told, loud } = await listening({ ListenAddress: '127.0.0.1:0', URLPrefix: '/team' });
  const [url] = /http:\S+/.exec(told.join()) ?? [];
  const answer = await fetch(`${url}/baton/v1/clusters`);
  expect([answer.status, loud]).toEqual([200, []]);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

it('is loud where everybody may do everything who reaches it from elsewhere', async () => {
  const { loud } = await listening({ ListenAddress: ':0' });
  expect(loud).toEqual([expect.stringContaining('MAY DO EVERYTHING')]);
  expect((await listening({ ListenAddress: ':0', ReadOnly: true })).loud).toEqual([]);
});

it('says which address is taken that the configuration names', async () => {
  const port = await taken();
  await expect(listening({ ListenAddress: `127.0.0.1:${port}` })).rejects.toThrow(
    `ListenAddress: another program has 127.0.0.1:${port} already`,
  );
});

it('goes on without HTTP where another program has the usual address and none is named', async () => {
  await taken(3000);
  const { isOpen, loud } = await listening({});
  expect([isOpen, loud]).toEqual([false, [expect.stringContaining('127.0.0.1:3000 cannot be opened')]]);
});
