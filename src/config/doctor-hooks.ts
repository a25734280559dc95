import type { Check, Surroundings } from './doctor-rows.ts';
import { type ConfiguredHook, type HookAction, requestVariablesOf } from './hook.ts';
import { type Config, type KeyName, keyNames, keys } from './keys.ts';
import { publishVariablesOf } from './keys/publish.ts';
import { sentence } from './sentence.ts';

/** A program that a hook names plainly exists, and may be executed. */
export const programsCanBeCalled: Check = (config, surroundings) =>
  listsOf(config).flatMap(([name, hooks]) => {
    const programs = new Set(hooks.flatMap(({ action }) => programOf(action) ?? []));
    return [...programs].flatMap((program) => {
      const fault = faultOf(program, surroundings);
      return fault === null ? [] : [sentence('warning', name, `${name} calls ${program}, which ${fault}.`)];
    });
  });

/** So does what runs the commands; that it is one program is for the lint of hooks to say. */
export const shellCanBeCalled: Check = (config, surroundings) => {
  const { ProcessesShellCommand: shell } = config;
  const isNeeded = listsOf(config).some(([, hooks]) => hooks.some(({ action }) => action.kind === 'shell'));
  const fault = isNeeded && /^\S+$/.test(shell) ? faultOf(shell, surroundings) : null;
  const key = 'ProcessesShellCommand';
  return fault === null ? [] : [sentence('warning', key, `${key} is ${shell}, which ${fault}.`)];
};

/** The keys and passwords of a request are in the environment. */
export const secretsAreSet: Check = (config, { environment }) =>
  listsOf(config).flatMap(([name, hooks]) =>
    hooks.flatMap(({ action }, index) => {
      const missing = requestVariablesOf(action).filter((variable) => !environment[variable]);
      return missing.map((variable) => {
        const text = `${name}[${index + 1}].Http needs the variable ${variable}, which is not set in this environment.`;
        return sentence('warning', name, text);
      });
    }),
  );

/** So are those of whoever tells the world of primaries; without one the controller does not start. */
export const publishSecretsAreSet: Check = ({ Publish }, { environment }) =>
  Publish.flatMap((place, index) =>
    publishVariablesOf([place])
      .filter((variable) => !environment[variable])
      .map((variable) =>
        sentence(
          'warning',
          'Publish',
          `Publish[${index + 1}] needs the variable ${variable}, which is not set in this environment.`,
        ),
      ),
  );

/** Every list of hooks, by its key. */
export function listsOf(config: Config): readonly (readonly [KeyName, readonly ConfiguredHook[]])[] {
  // Keys of this kind hold hooks, which the union of all kinds forgets.
  return keyNames
    .filter((name) => keys[name].kind === 'hooks')
    .map((name) => [name, config[name] as readonly ConfiguredHook[]]);
}

/** Of a shell command, only a path that it begins with and that nothing is expanded in. */
function programOf(action: HookAction): string | null {
  if (action.kind === 'exec') return action.argv[0] ?? null;
  return action.kind === 'shell'
    ? (/^\/[^\s"'`$;&|<>(){}*?\\]+/.exec(action.command.trim())?.[0] ?? null)
    : null;
}

function faultOf(program: string, surroundings: Surroundings): string | null {
  const { exists, isExecutable, environment } = surroundings;
  if (program.includes('/')) {
    if (!exists(program)) return 'does not exist on this machine';
    return isExecutable(program) ? null : 'is not a file that may be executed; chmod +x it';
  }
  const folders = (environment['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return folders.some((folder) => isExecutable(`${folder}/${program}`)) ? null : 'is nowhere on the PATH';
}
