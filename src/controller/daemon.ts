import type { Config } from '../config/keys.ts';
import type { SoleJournal, Teller } from '../engine/ports.ts';
import { startSpawner } from '../hooks/spawner/client.ts';
import { openSqliteJournal } from '../journal/sqlite.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { type Controller, startController } from './controller.ts';
import { hooksOfConfig, spawnerOptionsOf } from './hooks-of-config.ts';
import { systemClock } from './system.ts';

/** A controller with the journal and the hooks that it owns. */
export interface RunningDaemon {
  readonly controller: Controller;
  stop(): Promise<void>;
}

/**
 * Everything that one controller on one machine needs, in the order in which it must be there: the
 * journal first, for whoever holds it is the one who may act. Throws `journal-busy` when another does.
 */
export async function startDaemon(options: {
  config: Config;
  teller: Teller;
  openJournal?: (place: { file: string }) => Promise<SoleJournal>;
}): Promise<RunningDaemon> {
  const { config, teller, openJournal = openSqliteJournal } = options;
  const journal = await openJournal({ file: config.StateFile });
  const directory = `${config.StateFile}.hooks`;
  const runner = await startSpawner({ directory, ...spawnerOptionsOf(config) }).catch(
    async (error: unknown) => {
      await journal.close();
      const because = `hooks cannot be kept beside it, in ${directory}: ${messageOf(error)}`;
      throw new BatonError('config-invalid', `StateFile: ${because}`, { cause: error });
    },
  );
  const hooks = hooksOfConfig(config, { runner, clock: systemClock });
  const close = async () => {
    await runner.close();
    await journal.close();
  };
  try {
    const controller = await startController({ config, journal, hooks, teller });
    return {
      controller,
      async stop() {
        await controller.stop().finally(close);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
