import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ScriptCase {
  /** In the environment as ORC_FAILURE_CLUSTER_ALIAS. */
  readonly value: string;
  readonly script: string;
}

/**
 * What each script prints, by itself, all of a shell's in one loop: a process of ours for each would take
 * minutes. Programs in the directory's `bin` come before those of the machine.
 */
export function runScripts(
  shell: string,
  cases: readonly ScriptCase[],
  directory: string,
): readonly string[] {
  for (const [index, { value, script }] of cases.entries()) {
    writeFileSync(
      join(directory, `${index}.value`),
      `ORC_FAILURE_CLUSTER_ALIAS='${value.replaceAll("'", "'\\''")}'`,
    );
    writeFileSync(join(directory, `${index}.script`), script);
  }
  const loop = `export ORC_FAILURE_CLUSTER_ALIAS
    for ((i = 0; i < ${cases.length}; i++)); do . ./$i.value; ${shell} ./$i.script > $i.out 2> $i.err < /dev/null; done`;
  execFileSync('bash', ['-c', loop], {
    cwd: directory,
    env: { PATH: `${directory}/bin:${process.env['PATH']}`, LC_ALL: 'C.UTF-8' },
  });
  return cases.map((_, index) => readFileSync(join(directory, `${index}.out`), 'utf8'));
}
