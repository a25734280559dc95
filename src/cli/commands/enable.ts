import type { Command } from 'commander';
import { daemonOf } from '../daemon.ts';
import type { Terminal } from '../terminal.ts';
import { asSaid, type Saying, saying } from './saying.ts';

/** `baton disable-recoveries`, `baton enable-recoveries`: whether anything is recovered at all; it outlives the controller. */
export function enableCommands(terminal: Terminal): readonly Command[] {
  const disable = saying(
    'disable-recoveries',
    'Recover nothing by itself any more, in any cluster, until it is enabled again.',
  ).action(async (words: Saying) => {
    const daemon = await daemonOf(words.config);
    await daemon.post('/baton/v1/restraints/disable', asSaid(words));
    terminal.say('Nothing is recovered any more; failures are still found and announced.');
  });
  const enable = saying('enable-recoveries', 'Recover again what the configuration says.').action(
    async (words: Saying) => {
      const daemon = await daemonOf(words.config);
      await daemon.post('/baton/v1/restraints/enable', asSaid(words));
      terminal.say('Recoveries are enabled.');
    },
  );
  return [disable, enable];
}
