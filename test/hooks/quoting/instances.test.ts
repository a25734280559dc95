import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { substitute, type Value } from '../../../src/hooks/quoting/substitute.ts';
import { runScripts } from './run-scripts.ts';
import { hostile } from './templates.ts';

/** Commands that read the hosts twice, or that cannot be followed; each prints them in angle brackets. */
const commands = [
  `bash -c 'printf "<%s>" "{hosts}"'`,
  `dash -c "printf '<%s>' '{hosts}'"`,
  'eval "printf \'<%s>\' \\"{hosts}\\""',
  `echo 'printf "<%s>" "{hosts}"' | bash`,
  `bash <<E\nprintf '<%s>' "{hosts}"\nE\n`,
  `awk 'BEGIN {printf "<%s>", "{hosts}"}'`,
  'x=`printf "<%s>" "\\a" > /dev/null`; printf "<%s>" "{hosts}"',
  `false && declare -i n; printf "<%s>" '{hosts}'`,
];

const plain = fc.stringMatching(/^[A-Za-z0-9_.:,[\]-]{0,12}$/);
const usual = fc.constantFrom('[::1]:3306,[fe80::2]:3307', 'db1', 'binlog.000001:4', '::1', 'a[0]');
const value = fc.oneof(plain, usual, hostile);

it.each(['bash', 'dash'])(
  'hosts come out of a second reader byte for byte or are refused, and %s runs none (P5)',
  (shell) => {
    const seed = Date.now();
    const drawn = fc.sample(fc.tuple(fc.constantFrom(...commands), value), { numRuns: 400, seed });
    const cases = drawn.flatMap(([command, text]) => {
      const hosts: Value = { text, variable: 'ORC_FAILURE_CLUSTER_ALIAS', from: 'instance' };
      const substituted = substitute(command, new Map([['hosts', hosts]]));
      return 'script' in substituted ? [{ command, value: text, ...substituted }] : [];
    });
    expect(cases.filter(({ value: text }) => text.includes('[')).length).toBeGreaterThan(20);
    const directory = mkdtempSync(join(tmpdir(), 'baton-instances-'));
    try {
      const outputs = runScripts(shell, cases, directory);
      const wrong = cases.filter(({ value: text }, index) => outputs[index] !== `<${text}>`);
      expect(wrong.slice(0, 3), `seed ${seed}`).toEqual([]);
      expect(existsSync(join(directory, 'pwned')), `seed ${seed}`).toBe(false);
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
