import { type Config, keyNames, keys } from '../config/keys.ts';
import { secretsOf } from '../config/secrets.ts';

/** Variables of this environment that hold a secret of the configuration: no hook has any use for them. */
export function secretVariablesOf(config: Config, environment: NodeJS.ProcessEnv): readonly string[] {
  const passwords = [config.MySQLTopologyPassword, config.MySQLOrchestratorPassword].filter(
    (one) => one !== '',
  );
  const holding = Object.keys(environment).filter((name) => passwords.includes(environment[name] ?? ''));
  return [...new Set([...holding, ...signingVariablesOf(config)])];
}

/** What must not appear in a log or in what a hook said: the passwords, and the keys that sign requests. */
export function secretTextsOf(config: Config, environment: NodeJS.ProcessEnv): readonly string[] {
  const signing = signingVariablesOf(config).flatMap((name) => environment[name] || []);
  return [...secretsOf(config), ...signing];
}

/** Variables that hold the keys by which hooks sign their requests. */
function signingVariablesOf(config: Config): readonly string[] {
  const lists = keyNames.filter((name) => keys[name].kind === 'hooks').map((name) => config[name]);
  // Every key of this kind is a list of hooks.
  return (lists as Config['PreFailoverProcesses'][])
    .flat()
    .flatMap(({ action }) =>
      action.kind === 'http' && action.secretVariable !== null ? [action.secretVariable] : [],
    );
}
