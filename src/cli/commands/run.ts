import { once } from 'node:events';
import { Command } from 'commander';
import type { Config } from '../../config/keys.ts';
import { lineOf } from '../../config/sentence.ts';
import { type RunningDaemon, startDaemon } from '../../controller/daemon.ts';
import { secretTextsOf } from '../../controller/secret-variables.ts';
import { socketPath } from '../../controller/socket-path.ts';
import { systemClock } from '../../controller/system.ts';
import type { Teller } from '../../engine/ports.ts';
import { createTeller } from '../../telemetry/log.ts';
import type { Leave } from '../terminal.ts';
import { stoppedInTime } from '../leaving.ts';
import { usableConfig } from '../usable-config.ts';

/** Opens the socket that the other verbs ask, and what the network asks. */
export type Serve = (
  daemon: Pick<RunningDaemon, 'controller' | 'pages' | 'metrics' | 'reload' | 'voices'>,
  how: { config: Config; teller: Teller; path: string },
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
      const secrets = new Set(secretTextsOf(config, process.env));
      const open = () =>
        createTeller({
          pretty: process.stderr.isTTY === true && json === undefined,
          level: config.Debug ? 'debug' : 'info',
          secrets: [...secrets],
        });
      let log = open();
      const teller: Teller = {
        tell: (sentence, fields) => log.tell(sentence, fields),
        warn: (sentence, fields) => log.warn(sentence, fields),
      };
      /** The configuration as it is now; its secrets are hidden from then on beside the earlier ones. */
      const read = async () => {
        const next = await usableConfig(named);
        for (const secret of secretTextsOf(next.config, process.env)) secrets.add(secret);
        log = open();
        for (const warning of next.warnings) teller.warn(lineOf(warning), {});
        return next.config;
      };
      for (const warning of warnings) teller.warn(lineOf(warning), {});
      const daemon = await startDaemon({ config, teller, read });
      const path = socketPath(config.StateFile);
      const api = await serve(daemon, { config, teller, path }).catch(async (error: unknown) => {
        await daemon.stop();
        throw error;
      });
      // What comes of it is in the log.
      process.on('SIGHUP', () => void daemon.reload('SIGHUP').catch(() => {}));
      teller.tell(`the controller is up with ${files.join(', ')}; state in ${config.StateFile}`, {});
      const signal = await Promise.race(
        ['SIGTERM', 'SIGINT'].map((name) => once(process, name).then(() => name)),
      );
      teller.tell(`${signal} came; stopping, to continue at the next start`, {});
      const stop = () => api.close().then(() => daemon.stop());
      const isStopped = await stoppedInTime(stop, { clock: systemClock, teller });
      leave(0);
      // What hangs would keep the process alive.
      if (!isStopped) process.exit();
    });
}
