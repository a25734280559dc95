import { listsOf } from '../config/doctor-hooks.ts';
import { requestVariablesOf } from '../config/hook.ts';
import type { Config } from '../config/keys.ts';
import { publishVariablesOf } from '../config/keys/publish.ts';
import { secretsOf } from '../config/secrets.ts';

/** Variables of this environment that hold a secret of the configuration: no hook has any use for them. */
export function secretVariablesOf(config: Config, environment: NodeJS.ProcessEnv): readonly string[] {
  const passwords = [config.MySQLTopologyPassword, config.MySQLOrchestratorPassword].filter(
    (one) => one !== '',
  );
  const holding = Object.keys(environment).filter((name) => passwords.includes(environment[name] ?? ''));
  return [...new Set([...holding, ...requestSecretsOf(config)])];
}

/** What must not appear in a log or in what a hook said: the passwords, and the keys and passwords of requests. */
export function secretTextsOf(config: Config, environment: NodeJS.ProcessEnv): readonly string[] {
  const signing = requestSecretsOf(config).flatMap((name) => environment[name] || []);
  return [...secretsOf(config), ...signing];
}

/** Variables that hold the keys and passwords of hooks' requests, and of those who tell the world of primaries. */
function requestSecretsOf(config: Config): readonly string[] {
  const ofHooks = listsOf(config).flatMap(([, hooks]) =>
    hooks.flatMap(({ action }) => requestVariablesOf(action)),
  );
  return [...ofHooks, ...publishVariablesOf(config.Publish)];
}
