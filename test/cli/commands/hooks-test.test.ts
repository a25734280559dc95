import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hooksTestCommand } from '../../../src/cli/commands/hooks-test.ts';
import { clusterNamed } from '../../../src/cli/rehearsal/cluster.ts';
import { reportOf } from '../../../src/cli/rehearsal/report.ts';
import { stageNamed } from '../../../src/cli/rehearsal/stage-named.ts';
import { paintFor } from '../../../src/cli/paint.ts';
import type { ClusterReport } from '../../../src/controller/reports.ts';
import { temporaryFolder } from '../../process/temporary-folder.ts';

/** Runs the verb where no hook can be reached. */
async function run(...words: readonly string[]) {
  const config = join(await temporaryFolder(), 'baton.json');
  await writeFile(config, '{"PreFailoverProcesses": ["touch /nowhere/one", "touch /nowhere/two"]}');
  const said: string[] = [];
  const printed: string[] = [];
  let exit: number | null = null;
  const terminal = {
    print: (text: string) => void printed.push(text),
    say: (text: string) => void said.push(text),
    colours: false,
  };
  const leave = (code: number) => {
    exit = code;
  };
  await hooksTestCommand(terminal, leave).parseAsync([...words, '--config', config], { from: 'user' });
  return { exit, said: said.join('\n'), printed: printed.join('\n') };
}

describe('baton hooks test', () => {
  it('takes a stage by its key or its short name, in any case', () => {
    expect(['PreFailoverProcesses', 'prefailover', 'PREFAILOVERPROCESSES'].map(stageNamed)).toEqual(
      Array(3).fill('PreFailoverProcesses'),
    );
  });

  it.each([
    ['PreFailoverProcess', /called "PreFailoverProcess"\. Did you mean PreFailoverProcesses\?$/],
    ['PreFailovr', /Did you mean PreFailover\?$/],
    ['everything', /The stages are OnFailureDetectionProcesses, /],
  ])('asks of %s what was meant', async (written, sentence) => {
    await expect(run(written)).rejects.toMatchObject({
      code: 'usage',
      exit: 2,
      message: expect.stringMatching(sentence),
    });
  });

  it('says of a stage without hooks that it has none', async () => {
    expect(await run('PostFailover')).toEqual({
      exit: 0,
      said: 'PostFailoverProcesses has no hooks.',
      printed: '',
    });
  });

  it('refuses a hook that is not there', async () => {
    await expect(run('PreFailover', '--hook', '3')).rejects.toMatchObject({
      code: 'usage',
      message: 'PreFailoverProcesses has 2 hooks; there is no hook 3',
    });
  });

  it('wants one stage for one hook', async () => {
    await expect(run('PreFailover', 'PostFailover', '--hook', '1')).rejects.toMatchObject({ code: 'usage' });
  });

  it('says where no controller can be asked about a cluster', async () => {
    await expect(run('PreFailover', '--cluster', 'shop')).rejects.toMatchObject({
      code: 'daemon-unreachable',
    });
  });
});

const report = (instance: string, source: string | null) => ({ instance, source });
const shop = {
  id: '1',
  name: 'db1:3306',
  alias: 'shop',
  domain: 'shop.net',
  tree: '',
  instances: [report('db1:3306', null), report('db2:3306', 'db1:3306'), report('db3:3306', 'db2:3306')],
} as unknown as ClusterReport;

describe('a real cluster', () => {
  it.each(['shop', 'db1:3306', 'db3:3306'])(
    'is known as %s, and its replicas are those of its primary',
    (name) => {
      expect(clusterNamed(name, [shop])).toEqual({
        primary: 'db1:3306',
        replicas: ['db2:3306'],
        alias: 'shop',
        domain: 'shop.net',
        binlogCoordinates: null,
      });
    },
  );

  it('that is not watched is refused, and those that are watched are named', () => {
    expect(() => clusterNamed('shops', [shop])).toThrow(
      'the controller watches no cluster called shops; it watches: shop',
    );
  });
});

it('a report has the worst in capitals, and what the hook said without what would move the cursor', () => {
  const text = reportOf(
    {
      stage: 'PreFailoverProcesses',
      index: 1,
      of: 2,
      command: 'one\n  two\u001b[2J',
      verdict: 'problem',
      checks: [
        { about: 'run', is: 'problem', text: 'It failed.', output: 'a\u0007\nb' },
        { about: 'stop', is: 'note', text: 'It was quick.', output: '' },
      ],
    },
    paintFor({ print: () => {}, say: () => {}, colours: false }),
  );
  expect(text.split('\n')).toEqual([
    'PreFailoverProcesses hook 2 of 2: one; two�[2J',
    '  PROBLEM  It failed.',
    '           | a�',
    '           | b',
    '  note     It was quick.',
  ]);
});
