import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { instanceNamer } from '../../src/cli/instance-namer.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a server that is named without a port has the DefaultInstancePort of the configuration', async () => {
  const file = join(folder, 'baton.json');
  writeFileSync(file, JSON.stringify({ DefaultInstancePort: 3310 }));
  const keyOf = await instanceNamer(file);
  expect([keyOf('db3'), keyOf('db3:3306')]).toEqual(['db3:3310', 'db3:3306']);
  expect(() => keyOf('db 3')).toThrow('"db 3" is no host:port');
});
