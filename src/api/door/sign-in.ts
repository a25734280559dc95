import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../config/keys.ts';
import { alike } from './alike.ts';
import type { Caller, Role } from './caller.ts';
import { type Credentials, credentialsIn } from './credentials.ts';
import { tokenHash } from '../../config/api-token.ts';

/** What came of looking at who asks: null for credentials that are wrong. */
export type SignIn = (headers: IncomingHttpHeaders) => Promise<Caller | null>;

/** The groups of a user of this machine. */
export type GroupsOf = (user: string) => Promise<readonly string[]>;

/** The one whom `multi` lets in with any password, to look (orchestrator 3.2.6, section 4). */
const readOnlyUser = 'readonly';

/** Knows who asks in the way that AuthenticationMethod says, and by tokens in each of them. */
export function signInOf(config: Config, groupsOf: GroupsOf): SignIn {
  const anonymous: Caller = { name: null, role: anonymousRole(config), speaksForOthers: true };
  return async (headers) => {
    const credentials = credentialsIn(headers);
    if (credentials?.kind === 'token') return byToken(config, credentials.token);
    if (config.AuthenticationMethod === 'proxy') return byProxy(config, headers, groupsOf);
    if (credentials === null) return anonymous;
    return takesPasswords(config) ? byPassword(config, credentials) : anonymous;
  };
}

/** Whether somebody is asked for a user and a password. */
export function takesPasswords({ AuthenticationMethod }: Config): boolean {
  return AuthenticationMethod === 'basic' || AuthenticationMethod === 'multi';
}

/** Whether everybody may do everything who reaches it. */
export function isOpen(config: Config): boolean {
  return anonymousRole(config) === 'admin' && !config.ReadOnly && !config.UseMutualTLS;
}

function anonymousRole(config: Config): Role | null {
  const { AuthenticationMethod: method, ApiTokens } = config;
  if (takesPasswords(config)) return null;
  if (method === 'proxy' || method === 'token' || method === 'oauth') return 'view';
  return ApiTokens.length > 0 ? null : 'admin';
}

/** All are compared, so that the time tells nothing of which one it was. */
function byToken({ ApiTokens }: Config, token: string): Caller | null {
  const hash = tokenHash(token);
  const [found] = ApiTokens.filter(({ Hash }) => alike(Hash, hash));
  return found === undefined ? null : known(found.Name, found.Role);
}

function byPassword(config: Config, credentials: Credentials): Caller | null {
  if (credentials.kind !== 'password') return null;
  const { user, password } = credentials;
  const [isUser, isPassword] = [alike(user, config.HTTPAuthUser), alike(password, config.HTTPAuthPassword)];
  if (isUser && isPassword) return known(user, 'admin');
  if (config.AuthenticationMethod === 'multi' && user === readOnlyUser) return known(user, 'view');
  return null;
}

/** Whoever reaches the API past the proxy names himself; that is for ListenAddress to keep. */
async function byProxy(config: Config, headers: IncomingHttpHeaders, groupsOf: GroupsOf): Promise<Caller> {
  const given = headers[config.AuthUserHeader.toLowerCase()];
  const name = (Array.isArray(given) ? given[0] : given)?.trim() || null;
  const { PowerAuthUsers: users, PowerAuthGroups: groups } = config;
  const isPowerful =
    users.includes('*') ||
    (name !== null && users.includes(name)) ||
    (name !== null && groups.length > 0 && (await groupsOf(name)).some((group) => groups.includes(group)));
  return { name, role: isPowerful ? 'admin' : 'view', speaksForOthers: name === null };
}

function known(name: string, role: Role): Caller {
  return { name, role, speaksForOthers: false };
}
