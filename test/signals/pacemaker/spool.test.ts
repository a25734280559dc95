import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../../src/process/run-program.ts';
import { agentScript } from '../../../src/signals/pacemaker/agent.ts';
import { putAside, readSpool, taken } from '../../../src/signals/pacemaker/spool.ts';
import { anAlert, crmMonFencing } from '../../protocols/pacemaker/environments.ts';

let spool: string;
let agent: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  spool = join(folder, `it's a $(spool)`);
  mkdirSync(spool);
  agent = join(folder, 'agent');
  writeFileSync(agent, agentScript(spool));
  chmodSync(agent, 0o755);
});

const called = (env: Readonly<Record<string, string>>) => runProgram(agent, [], { timeoutMs: 10_000, env });
const resource = { kind: 'resource', rsc: 'db', task: 'start', rc: '1', status: '0', target_rc: '0' };

describe('what the agent keeps', () => {
  it('is read as it was told, by crm_mon and by alerts, and stays until it is taken', async () => {
    await called(crmMonFencing);
    await called(anAlert({ kind: 'node', desc: 'lost' }));
    const { spooled, refused } = await readSpool(spool);
    expect(refused).toEqual([]);
    expect(spooled.map(({ signal }) => [signal.via, signal.kind, signal.node].join(' ')).toSorted()).toEqual([
      'alert node node2',
      'crm_mon fencing node2',
    ]);
    expect((await readSpool(spool)).spooled).toHaveLength(2);
    for (const { file } of spooled) await taken(spool, file);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('is each value as it was, whatever a shell would make of it', async () => {
    const nasty = fc.string({
      unit: fc.constantFrom('"', "'", '$', '`', '\n', '=', ';', '\\', '%', '*', ' ', 'é', '(', ')', '\u0001'),
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (rsc, desc) => {
        const ran = await called(anAlert({ ...resource, rsc, desc, node: '$(touch stolen)' }));
        expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
        const { spooled } = await readSpool(spool);
        expect(spooled).toHaveLength(1);
        const { file, signal } = spooled[0] ?? { file: '', signal: null };
        expect(signal).toMatchObject({ resource: rsc, description: desc, node: '$(touch stolen)' });
        await taken(spool, file);
      }),
      { numRuns: 20 },
    );
  });

  it('comes in the order in which it happened, not in that of its files', async () => {
    for (const [sequence, microseconds] of [
      ['3', '900'],
      ['2', '100'],
      ['1', '100'],
    ] as const)
      await called(anAlert({ ...resource, node_sequence: sequence, timestamp_usec: microseconds }));
    const { spooled } = await readSpool(spool);
    expect(spooled.map(({ signal }) => signal.sequence)).toEqual([1, 2, 3]);
  });

  it('has the name of its node, for nodes may share a spool, whatever that name is made of', async () => {
    const programs = join(spool, '..', 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'uname'), "#!/bin/sh\necho '../node b.1;x'\n", { mode: 0o755 });
    await called({ ...crmMonFencing, PATH: `${programs}:${process.env['PATH']}` });
    const { spooled } = await readSpool(spool);
    expect(spooled.map(({ file }) => file)).toEqual([expect.stringMatching(/^\d+\.\d+\.nodeb1x\.signal$/)]);
  });

  it('is nothing, and the agent says so, where its spool is gone', async () => {
    rmSync(spool, { recursive: true });
    expect(await called(crmMonFencing)).toMatchObject({ exitCode: 1 });
  });
});

describe('what lies in the spool and is no signal', () => {
  it('is refused with the reason, and read no more when it was put aside: another text, too long, a link, a directory', async () => {
    writeFileSync(join(spool, '1.1.signal'), 'hello');
    writeFileSync(join(spool, '1.2.signal'), 'x'.repeat(300 * 1_024));
    symlinkSync('/etc/passwd', join(spool, '1.3.signal'));
    mkdirSync(join(spool, '1.4.signal'));
    const { spooled, refused } = await readSpool(spool);
    expect(spooled).toEqual([]);
    expect(refused).toEqual([
      { file: '1.1.signal', because: 'it tells of nothing that is known' },
      { file: '1.2.signal', because: 'it is longer than 262144 bytes' },
      { file: '1.3.signal', because: expect.stringContaining('ELOOP') },
      { file: '1.4.signal', because: 'it is no file' },
    ]);
    for (const { file } of refused) await putAside(spool, file);
    expect((await readSpool(spool)).refused).toEqual([]);
  });

  it('is left alone under any other name, such as a file that is not whole yet', async () => {
    writeFileSync(join(spool, '.1795300500.4711'), 'CRM_notify_node=a');
    writeFileSync(join(spool, 'notes.txt'), 'mine');
    expect(await readSpool(spool)).toEqual({ spooled: [], refused: [] });
    expect(readdirSync(spool)).toHaveLength(2);
  });
});
