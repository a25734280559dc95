/**
 * A workflow of one's own on Baton's engine: two steps, a journal in a file, and a death in the middle.
 * Run it with `npm run example:own-workflow`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteJournal } from 'baton';
import { digestOf, drive, told } from 'baton/engine';
import { actorsOf, step, type Workflow } from 'baton/workflows';
import { setup } from 'xstate';
import { z } from 'zod';

const steps = {
  drain: step(z.object({ host: z.string() }), z.object({ connections: z.number() })),
  patch: step(z.object({ host: z.string() }), z.object({ version: z.string() })),
};

const machine = setup({
  types: { input: {} as { host: string }, context: {} as { host: string } },
  actors: actorsOf(steps),
}).createMachine({
  id: 'patching',
  options: { maxIterations: 100 },
  context: ({ input }) => input,
  initial: 'draining',
  states: {
    draining: {
      description: 'Take the host out of the balancer.',
      on: { resumed: { target: 'draining', reenter: true } },
      invoke: {
        id: 'drain',
        src: 'drain',
        input: ({ context }) => context,
        onDone: 'patching',
        onError: 'failed',
      },
    },
    patching: {
      description: 'Install the new version.',
      on: { resumed: { target: 'draining' } },
      invoke: {
        id: 'patch',
        src: 'patch',
        input: ({ context }) => context,
        onDone: 'patched',
        onError: 'failed',
      },
    },
    patched: { type: 'final', description: 'The host runs the new version.' },
    failed: { type: 'final', description: 'The host needs a person.' },
  },
});
const patching: Workflow<typeof steps> = { name: 'patching', machine, steps };

const folder = await mkdtemp(join(tmpdir(), 'baton-example-'));
const uid = `${Date.now()}000000:${'0'.repeat(64)}`;

/** One life of the program; the first one dies while it patches. */
async function live(dies: boolean): Promise<void> {
  const journal = await openSqliteJournal({ file: join(folder, 'patching.sqlite') });
  const death = new AbortController();
  const opening = {
    uid,
    workflow: patching.name,
    digest: digestOf(machine),
    subject: 'web1',
    exclusive: true,
  };
  await journal.open({ ...opening, input: { host: 'web1' }, at: Date.now(), token: 1 });
  const world = {
    journal,
    clock: {
      now: Date.now,
      monotonic: () => performance.now(),
      sleep: (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms)),
    },
    lease: { token: 1, remainingMs: () => Number.POSITIVE_INFINITY },
    teller: { tell: () => {}, warn: () => {} },
    servers: { look: async () => [], act: async () => [] },
    lookTimeoutMs: 1_000,
  };
  const run = drive(
    patching,
    {
      drain: async ({ host }) => ({ connections: host.length }),
      patch: async () => {
        if (dies) death.abort(new Error('the power went'));
        return { version: '2.0' };
      },
    },
    uid,
    world,
    death.signal,
  );
  await run.end.then(
    ({ sentence }) => console.log(sentence),
    (error: Error) => console.log(`died: ${error.message}`),
  );
  const records = (await journal.read(uid))?.records ?? [];
  if (!dies)
    for (const record of records) console.log(`${record.seq}. ${told(record, records) ?? record.kind}`);
  await journal.close();
}

await live(true);
await live(false);
await rm(folder, { recursive: true });
