import { expect, it } from 'vitest';
import { HookList } from '../../src/config/hook.ts';
import { type Config, defaultConfig } from '../../src/config/keys.ts';
import { Reloading } from '../../src/controller/reloading.ts';
import { memoryJournal } from '../../src/journal/memory.ts';
import { PretendedHooks } from '../../src/simulation/pretended-hooks.ts';
import { aController, aFleet, portsOf } from './a-controller.ts';

const hooks = (word: string): Partial<Config> => ({
  RecoverMasterClusterFilters: ['*'],
  OnFailureDetectionProcesses: HookList.parse([`${word} found`]),
  PreFailoverProcesses: HookList.parse([`${word} before`]),
  PostMasterFailoverProcesses: HookList.parse([`${word} after`]),
});

async function aScene(given: Partial<Config> = {}) {
  const { clock, fleet } = aFleet('b', 'c');
  const runner = new PretendedHooks(clock);
  runner.behave('PreFailoverProcesses', { takesMs: 5_000 });
  const journal = memoryJournal();
  const controller = await aController({ clock, fleet }, { ...hooks('old'), ...given }, { journal, runner });
  const run = () => runner.started.map(({ script }) => script.trim());
  return { clock, fleet, runner, journal, controller, run };
}

it('a recovery under way ends with the hooks that it was begun with, and what comes after it has the new ones', async () => {
  const { clock, fleet, runner, controller, run } = await aScene();
  await clock.advance(1_000);
  fleet.kill('a:1');
  await clock.advance(3_000);
  expect(run()).toEqual(['old found', 'old before']);
  let renewed = false;
  void controller.renew(portsOf({ clock, fleet }, hooks('new'), runner)).then(() => {
    renewed = true;
  });
  await clock.advance(1_000);
  expect(renewed).toBe(false);
  expect(controller.underWay()).toHaveLength(1);
  await clock.advance(20_000);
  expect(renewed).toBe(true);
  expect(run()).toEqual(['old found', 'old before', 'old after']);
  const [recovery] = await controller.recoveries(1);
  expect(recovery).toMatchObject({ state: 'recovered', successor: 'b:1' });
  fleet.kill('b:1');
  await clock.advance(10_000);
  expect(run().slice(3)).toEqual(['new found']);
  await controller.stop();
});

it('what people said while it looked around with the new configuration stands', async () => {
  const { clock, fleet, runner, controller } = await aScene();
  const ann = { who: 'ann', why: 'a new disk', forMs: 60_000 };
  const { connect, ...ports } = portsOf({ clock, fleet }, hooks('new'), runner);
  const renewed = controller.renew({
    ...ports,
    connect(onLost) {
      const servers = connect(onLost);
      const look = servers.look.bind(servers);
      servers.look = async (...words) => {
        servers.look = look;
        await controller.restraints.beginDowntime('c:1', ann);
        await controller.restraints.disable('ann', 'quiet');
        return look(...words);
      };
      return servers;
    },
  });
  await clock.advance(5_000);
  await renewed;
  const { disabled, downtimes } = controller.restraints.report();
  expect(disabled).toMatchObject({ who: 'ann' });
  expect(downtimes).toMatchObject([{ instance: 'c:1' }]);
  await controller.stop();
});

it('one with which nothing can be looked at changes nothing', async () => {
  const { clock, fleet, runner, controller, run } = await aScene();
  const ports = portsOf({ clock, fleet }, hooks('new'), runner);
  const broken = {
    ...ports,
    connect: () => {
      throw new Error('no way there');
    },
  };
  await expect(controller.renew(broken)).rejects.toThrow('no way there');
  await clock.advance(1_000);
  fleet.kill('a:1');
  await clock.advance(3_000);
  expect(run()).toEqual(['old found', 'old before']);
  await controller.stop();
});

/** A reading of these configurations, one after another, for a controller on which something is under way or not. */
function aReloading(readings: readonly (Config | Error)[], underWay: readonly string[] = []) {
  const left = [...readings];
  const told: string[] = [];
  const renewed: Config[] = [];
  const teller = {
    tell: (text: string) => void told.push(text),
    warn: (text: string) => void told.push(text),
  };
  const reloading = new Reloading({
    config: defaultConfig,
    teller,
    async read() {
      const next = left.shift();
      if (next instanceof Error) throw next;
      return next ?? defaultConfig;
    },
    renewalOf: (config) => ({ ...portsOf(aFleet(), config, new PretendedHooks(aFleet().clock)), config }),
    controller: { renew: async ({ config }) => void renewed.push(config), underWay: () => underWay },
  });
  return { reloading, told, renewed };
}

it('every key that has changed is told, secrets without their values, and what needs a restart stays', async () => {
  const next: Config = {
    ...defaultConfig,
    RecoveryPeriodBlockSeconds: 60,
    MySQLTopologyPassword: 'geheim',
    StateFile: 'other.sqlite',
  };
  const { reloading, told, renewed } = aReloading([next, next]);
  const { changes } = await reloading.reload('ann');
  expect(changes).toEqual(
    expect.arrayContaining([
      { key: 'RecoveryPeriodBlockSeconds', from: '3600', to: '60', takesEffect: 'at-once' },
      { key: 'MySQLTopologyPassword', from: null, to: null, takesEffect: 'at-once' },
      { key: 'StateFile', from: '"baton.sqlite"', to: '"other.sqlite"', takesEffect: 'at-restart' },
    ]),
  );
  expect(renewed).toMatchObject([{ RecoveryPeriodBlockSeconds: 60, StateFile: 'baton.sqlite' }]);
  expect(told.join()).toContain('RecoveryPeriodBlockSeconds: 3600 → 60');
  expect(told.join()).not.toContain('geheim');
  // What waits for the restart is told again.
  expect((await reloading.reload('ann')).changes.map(({ key }) => key)).toEqual(['StateFile']);
  expect(renewed).toHaveLength(1);
});

it('one that cannot be read changes nothing, says why, and the next one counts', async () => {
  const next: Config = { ...defaultConfig, RecoveryPeriodBlockSeconds: 60 };
  const { reloading, told, renewed } = aReloading([new Error('line 3 is no JSON'), next], ['1:abcdef0123']);
  await expect(reloading.reload('SIGHUP')).rejects.toThrow('line 3 is no JSON');
  expect(told.join()).toContain('nothing is changed: line 3 is no JSON');
  expect(renewed).toEqual([]);
  expect(await reloading.reload('SIGHUP')).toMatchObject({ waitsFor: ['1:abcdef0123'] });
  expect(renewed).toHaveLength(1);
});
