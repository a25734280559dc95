import { once } from 'node:events';
import { Command } from 'commander';
import { lineOf } from '../../config/sentence.ts';
import { type RunningDaemon, startDaemon } from '../../controller/daemon.ts';
import { secretTextsOf } from '../../controller/secret-variables.ts';
import { socketPath } from '../../controller/socket-path.ts';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { createTeller } from '../../telemetry/log.ts';
import type { Leave } from '../terminal.ts';
import { usableConfig } from '../usable-config.ts';

/** Opens the socket that the other verbs ask. */
export type Serve = (
  daemon: Pick<RunningDaemon, 'controller' | 'pages' | 'metrics'>,
  path: string,
) => Promise<{ close(): Promise<void> }>;

/** `baton run`: the controller, in the foreground, until SIGTERM or SIGINT. */
export function runCommand(leave: Leave, serve: Serve): Command {
  return new Command('run')
    .description('Watch the topologies of a configuration and recover them. Runs until it is told to stop.')
    .option('--config <file>', 'the configuration; an orchestrator.conf.json serves as it is')
    .option('--json', 'log in JSON even on a terminal')
    .exitOverride()
    .action(async ({ config: named, json }: { config?: string; json?: true }) => {
      const { config, warnings, files } = await usableConfig(named);
      const teller = createTeller({
        pretty: process.stderr.isTTY === true && json === undefined,
        level: config.Debug ? 'debug' : 'info',
        secrets: secretTextsOf(config, process.env),
      });
      for (const warning of warnings) teller.warn(lineOf(warning), {});
      const daemon = await startDaemon({ config, teller });
      const path = socketPath(config.StateFile);
      const api = await serve(daemon, path).catch(async (error: unknown) => {
        await daemon.stop();
        const because = `nobody could ask this controller, for ${path} cannot be opened: ${messageOf(error)}`;
        throw new BatonError('config-invalid', `StateFile: ${because}`, { cause: error });
      });
      teller.tell(`the controller is up with ${files.join(', ')}; state in ${config.StateFile}`, {});
      const signal = await Promise.race(
        ['SIGTERM', 'SIGINT'].map((name) => once(process, name).then(() => name)),
      );
      teller.tell(`${signal} came; stopping, to continue at the next start`, {});
      await api.close();
      await daemon.stop();
      leave(0);
    });
}
