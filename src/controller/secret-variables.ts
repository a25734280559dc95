import type { Config } from '../config/keys.ts';

/** Variables of this environment that hold a password of the configuration: no hook has any use for them. */
export function secretVariablesOf(config: Config, environment: NodeJS.ProcessEnv): readonly string[] {
  const passwords = [config.MySQLTopologyPassword, config.MySQLOrchestratorPassword].filter(
    (one) => one !== '',
  );
  return Object.keys(environment).filter((name) => passwords.includes(environment[name] ?? ''));
}
