import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';

async function printed(example: string): Promise<string> {
  const built = builtTwin(new URL(`../../examples/${example}.ts`, import.meta.url).href);
  const { exitCode, stdout } = await runProgram(process.execPath, [fileURLToPath(built)], {
    timeoutMs: 30_000,
  });
  expect(exitCode).toBe(0);
  return stdout;
}

describe('the library', () => {
  it('draws a topology of what was seen, by baton/topology alone', async () => {
    expect(await printed('draw-a-topology')).toBe(
      [
        'db1:3306   [0s,ok,10.11.14-MariaDB-log,rw,ROW,>>]',
        '+ db2:3306 [0s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]',
        '+ db3:3306 [3s,ok,10.11.14-MariaDB-log,ro,ROW,>>,GTID]',
        'db1:3306 has the replicas db2:3306 and db3:3306',
        'bin.1000000 comes after bin.999999',
      ].join('\n'),
    );
  });

  it('says who would lead and why, by baton/analysis alone', async () => {
    const lines = (await printed('who-would-lead')).split('\n');
    expect(lines[0]).toMatch(/^db1:3306: DeadMaster;/);
    expect(lines.slice(-2)).toEqual([
      'db3:3306 would be promoted: db3:3306 has a better promotion rule than db2:3306, and fetches first what db2:3306 has received',
      'db2:3306 can follow db3:3306',
    ]);
  });

  it('asks the recovery machine to its end, by baton/engine and baton/workflows alone', async () => {
    const lines = (await printed('ask-the-machine')).split('\n');
    expect(lines[0]).toMatch(/^preFailover\.confirming /);
    expect(lines.at(-1)).toMatch(/^recovered +A successor serves the cluster\.$/);
  });

  it('plans a move, and says why another cannot be made, by baton/operations alone', async () => {
    const lines = (await printed('plan-a-move')).split('\n');
    expect(lines[0]).toBe('move-below db2:3306:');
    expect(lines.at(-1)).toContain('older than');
  });

  it('signs a heartbeat, and believes it with its key only, by baton/heartbeat alone', async () => {
    expect((await printed('say-a-heartbeat')).split('\n').slice(-2)).toEqual([
      'with the key "s3cret": it is his',
      'with the key "guessed": its signature is not that of key 1',
    ]);
  });

  it('continues a workflow of one’s own after its controller died, by baton/engine alone', async () => {
    expect((await printed('own-workflow')).split('\n')).toContain(
      '4. a controller continues this patching in patching.',
    );
  });
});
