import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where servers and templates are kept from one sandbox to the next: `$BATON_CACHE`, else the person's own cache. */
export function cacheDirectory(environment: NodeJS.ProcessEnv): string {
  const { BATON_CACHE: own, XDG_CACHE_HOME: shared } = environment;
  if (own) return own;
  return shared ? join(shared, 'baton') : join(homedir(), '.cache', 'baton');
}
