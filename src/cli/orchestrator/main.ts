import { configPaths, loadConfig, readTextFile } from '../../config/load.ts';
import { socketPath } from '../../controller/socket-path.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type Endpoint, endpointsIn } from './ask.ts';
import { runOrchestratorCommand } from './run.ts';
import { flagsIn, Words } from './words.ts';

/**
 * `baton -c topology -i db1:3306`: orchestrator’s own commands, flags and output, asked of the running controller, or of
 * whatever ORCHESTRATOR_API names. False where no such command was given. Throws `usage`, `daemon-unreachable`.
 */
export async function orchestratorMain(
  args: readonly string[],
  terminal: Terminal,
  leave: Leave,
): Promise<boolean> {
  const flags = flagsIn(args);
  if (flags === null) return false;
  const written = flags.get('api') ?? process.env['ORCHESTRATOR_API'] ?? '';
  if (written !== '') {
    leave(await runOrchestratorCommand(new Words(flags), terminal, endpointsIn(written, authOf(flags))));
    return true;
  }
  const paths = configPaths(flags.get('config'));
  const { config } = await loadConfig({ paths, environment: process.env, readText: readTextFile });
  const socket: Endpoint = { kind: 'socket', path: socketPath(config.StateFile) };
  leave(await runOrchestratorCommand(new Words(flags, config.DefaultInstancePort), terminal, [socket]));
  return true;
}

/** `user:password`; null where nobody is named. */
function authOf(flags: ReadonlyMap<string, string>): string | null {
  const given = flags.get('auth');
  if (given !== undefined) return given;
  const { ORCHESTRATOR_AUTH_USER: user, ORCHESTRATOR_AUTH_PASSWORD: password = '' } = process.env;
  return user === undefined || user === '' ? null : `${user}:${password}`;
}
