import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { keys } from '../../src/config/keys.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { named } from '../../src/simulation/names.ts';
import { World } from '../../src/simulation/world.ts';
import { RecoveryOutcome } from '../../workflows/recovery.ts';

const [a, b, c] = [named('a'), named('b'), named('c')];
const asker = { by: 'ann', why: 'a test' };

async function cluster({ stage }: { stage?: Stage } = {}) {
  const world = new World(() => setImmediate());
  if (stage !== undefined) {
    world.config = { ...world.config, [stage.name]: keys.PreFailoverProcesses.schema.parse(['ask']) };
    world.config = { ...world.config, HookCompatibility: stage.compatibility };
    world.hooks.behave(stage.name, { takesMs: 5_000, manner: stage.vetoes ? 1 : 'works' });
  }
  world.fleet.add(a, null);
  for (const key of [b, c]) world.fleet.add(key, a);
  for (let written = 0; written < 5; written += 1) world.fleet.write(a);
  await world.start();
  await world.clock.advance(1_000);
  return world;
}

interface Stage {
  readonly name: 'PreGracefulTakeoverProcesses' | 'PreFailoverProcesses';
  readonly compatibility: 'sane' | 'strict';
  readonly vetoes: boolean;
}

/** RESET SLAVE ALL and read_only = 0, by somebody who has lost patience. */
function promoteByHand({ fleet }: World, key: InstanceKey): void {
  fleet.change(() => {
    Object.assign(fleet.server(key), { replication: null, readOnly: false });
  });
}

function ask({ controller }: World, what: string): Promise<unknown> | undefined {
  const requests = controller?.requests;
  const asked =
    what === 'takeover'
      ? requests?.takeover(a, { ...asker, to: b, auto: false })
      : what === 'force-failover'
        ? requests?.force(a, null, asker)
        : requests?.force(a, b, asker);
  asked?.catch(() => {});
  return asked;
}

async function reasonOfLast({ journal }: World, workflow: string): Promise<string> {
  const [run] = await journal.list({ workflow, limit: 1 });
  return RecoveryOutcome.parse(run?.end?.output).reason ?? '';
}

describe('Baton makes no second server writable where a person has promoted one meanwhile (P3)', () => {
  it.each(
    [b, c].flatMap((who) => ['takeover', 'force-failover', 'force-takeover'].map((what) => ({ who, what }))),
  )('$who, while no controller ran that could go on with a $what', async ({ who, what }) => {
    const world = await cluster();
    world.fleet.onStatement((_, words) => {
      if (words === 'SET GLOBAL read_only = 1') world.dieAfter(1);
    });
    void ask(world, what);
    await world.clock.advance(5_000);
    expect(world.controller).toBeNull();
    expect(world.fleet.writable(a)).toEqual([]);
    promoteByHand(world, who);
    world.fleet.write(who);
    await world.start();
    await world.clock.advance(60_000);
    expect(world.fleet.writable(a)).toEqual([who]);
    expect(world.fleet.doubled).toEqual([]);
    const told = world.told.map(({ sentence }) => sentence).join('\n');
    expect(told).toContain(
      `${a} stays read-only, for ${who} has no source and takes writes: somebody else has promoted it`,
    );
  });

  const stages = (['sane', 'strict'] as const).flatMap((compatibility) =>
    (['PreGracefulTakeoverProcesses', 'PreFailoverProcesses'] as const).flatMap((name) =>
      [false, true].map((vetoes) => ({ name, compatibility, vetoes })),
    ),
  );
  it.each(stages)('$name of a $compatibility takeover run on, vetoing: $vetoes', async (stage) => {
    const world = await cluster({ stage });
    void ask(world, 'takeover');
    await world.clock.advance(2_000);
    promoteByHand(world, c);
    world.fleet.change(() => (world.fleet.server(a).readOnly = true));
    await world.clock.advance(60_000);
    expect(world.fleet.writable(a)).toEqual([c]);
    const reason = await reasonOfLast(world, 'takeover');
    expect(reason).toContain(stage.vetoes ? 'exited 1' : `${c} has no source and takes writes`);
  });
});

it('does not carry out an operation against which something speaks since it was planned', async () => {
  const world = await cluster();
  world.fleet.change(() => (world.fleet.server(a).readOnly = true));
  await world.clock.advance(3_000);
  await world.controller?.operations.begin({ verb: 'set-writeable', instance: a }, asker);
  await world.clock.advance(1);
  world.fleet.change(() => (world.fleet.server(c).readOnly = false));
  await world.clock.advance(5_000);
  expect(world.fleet.writable(a)).toEqual([c]);
});
