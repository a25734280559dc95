import { expect, it } from 'vitest';
import { HookList } from '../../src/config/hook.ts';
import type { Leadership } from '../../src/engine/ports.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { leadingAlone } from '../../src/leadership/alone.ts';
import { PretendedHooks } from '../../src/simulation/pretended-hooks.ts';
import { aController, aFleet, portsOf } from './a-controller.ts';

it('leaves the hook that runs to the next controller when it stops, without an outcome (P2)', async () => {
  const { clock, fleet } = aFleet('b');
  const runner = new PretendedHooks(clock);
  runner.behave('OnFailureDetectionProcesses', { takesMs: 5_000 });
  const journal = memoryJournal();
  const hooks = { OnFailureDetectionProcesses: HookList.parse(['page']) };
  const controller = await aController({ clock, fleet }, hooks, { journal, runner });
  await clock.advance(1_000);
  fleet.kill('a:1');
  await clock.advance(1_000);
  await controller.stop();
  const [run] = await journal.unfinished();
  const kinds = (await journal.read(run?.uid ?? ''))?.records.map(({ kind }) => kind);
  expect(kinds).toEqual(['asked', 'stage', 'hook']);
  const outcome = runner.outcomeOf(runner.started[0]?.key ?? '');
  await clock.advance(10_000);
  expect(await outcome).toMatchObject({ ended: 'exited', exitCode: 0 });
});

it('leaves at once though a server hangs in the midst of a step, and what was begun stays begun', async () => {
  const { clock, fleet } = aFleet('b', 'c');
  const journal = memoryJournal();
  let isHanging = false;
  const controller = await aController({ clock, fleet }, { RecoverMasterClusterFilters: ['*'] }, { journal });
  const { connect, ...ports } = portsOf(
    { clock, fleet },
    { RecoverMasterClusterFilters: ['*'] },
    new PretendedHooks(clock),
  );
  const hanging = controller.renew({
    ...ports,
    connect: (onLost) => {
      const servers = connect(onLost);
      servers.act = () => {
        isHanging = true;
        return new Promise(() => {});
      };
      return servers;
    },
  });
  await clock.advance(2_000);
  await hanging;
  fleet.kill('a:1');
  while (!isHanging) await clock.advance(100);
  // Virtual time stands still: nothing is waited for.
  await controller.stop();
  expect(await journal.unfinished()).toMatchObject([{ workflow: 'recovery' }]);
});

it('a follower that has learned something of the servers, which is the leader’s to write, stops without a word', async () => {
  const { clock, fleet } = aFleet('b');
  const journal = memoryJournal();
  const alone = leadingAlone(journal, { name: 'other', since: 0 });
  const leadership: Leadership = {
    ...alone,
    stand: async () => null,
    lead: (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  };
  const controller = await aController({ clock, fleet }, {}, { journal, leadership });
  await clock.advance(10_000);
  await expect(controller.stop()).resolves.toBeUndefined();
  expect((await journal.kept('instances')).size).toBe(0);
});
