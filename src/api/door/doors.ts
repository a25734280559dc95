import { hostname, userInfo } from 'node:os';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/keys.ts';
import { addressIn, isLoopback } from '../../config/listen-address.ts';
import type { Teller } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { Attempts } from './attempts.ts';
import { type Caller, changes, type Need, nobody, suffices } from './caller.ts';
import { certificateComplaint, certificateName } from './certificates.ts';
import type { Door } from './guard.ts';
import { Pace } from './pace.ts';
import { foreignHost, foreignOrigin } from './origins.ts';
import { type GroupsOf, isOpen, signInOf, takesPasswords } from './sign-in.ts';

/** The socket beside the state file: its mode lets in the daemon’s own user alone, who may do everything. */
export function socketDoor(): Door {
  const caller: Caller = { name: userInfo().username, role: 'admin', speaksForOthers: true };
  return { admit: async () => caller, closedToChanges: () => null };
}

/** The network: whoever asks is known as the configuration says. */
export function networkDoor(
  config: Config,
  { teller, groupsOf, now }: { teller: Teller; groupsOf: GroupsOf; now: () => number },
): Door {
  const signIn = signInOf(config, groupsOf);
  const attempts = new Attempts(now);
  const pace = new Pace(now);
  const names = knownNames(config);

  async function admit(request: FastifyRequest, reply: FastifyReply, need: Need): Promise<Caller> {
    if (config.UseMutualTLS && (need !== 'nobody' || config.StatusOUVerify)) {
      const complaint = certificateComplaint(request.raw.socket, config.SSLValidOUs);
      if (complaint !== null) throw new BatonError('not-signed-in', complaint);
    }
    if (need === 'nobody') return nobody;
    const foreign = names === null ? null : foreignHost(request.headers, names);
    if (foreign !== null) throw new BatonError('origin-refused', foreign);
    const waitMs = attempts.waitMs(request.ip);
    if (waitMs > 0) throw tooMany(reply, waitMs);
    const caller = await signIn(request.headers);
    if (takesPasswords(config) && (caller === null || caller.role === null))
      reply.header('WWW-Authenticate', 'Basic realm="Authorization Required"');
    if (caller !== null) {
      const untilMs = changes(need) && suffices(caller, need) ? pace.take(request.ip) : 0;
      if (untilMs > 0) throw tooFast(reply, untilMs);
      return named(caller, request);
    }
    if (attempts.failed(request.ip))
      teller.warn(
        `too many wrong passwords or tokens came from ${request.ip}; it is not heard for a while`,
        {},
      );
    throw new BatonError('not-signed-in', 'this password or token is not known here');
  }

  return {
    admit,
    closedToChanges({ method, headers }) {
      if (config.ReadOnly)
        return new BatonError('not-allowed', 'nothing can be changed by this API, for ReadOnly is set');
      if (method === 'GET' && !config.AllowWritesByGet)
        return new BatonError('not-allowed', 'nothing is changed by GET here (AllowWritesByGet); use POST');
      const foreign = foreignOrigin(headers);
      return foreign === null ? null : new BatonError('origin-refused', foreign);
    },
  };
}

/** The names under which an API answers that asks nobody who they are and that only this machine reaches; null for any name. */
function knownNames(config: Config): readonly string[] | null {
  const { host } = addressIn(config.ListenAddress) ?? { host: '127.0.0.1' };
  if (!isOpen(config) || !isLoopback(host) || config.ListenSocket !== '') return null;
  return [hostname().toLowerCase()];
}

/** Whoever shows a certificate and need not sign in besides is known by its name. */
function named(caller: Caller, { raw }: FastifyRequest): Caller {
  return caller.name === null
    ? { ...caller, name: certificateName(raw.socket), speaksForOthers: false }
    : caller;
}

function tooFast(reply: FastifyReply, waitMs: number): BatonError {
  const seconds = Math.ceil(waitMs / 1_000);
  reply.header('Retry-After', String(seconds));
  const text = `more changes were asked for from here than are taken within ten seconds; ask again in ${seconds} s`;
  return new BatonError('too-many-changes', text);
}

function tooMany(reply: FastifyReply, waitMs: number): BatonError {
  const seconds = Math.ceil(waitMs / 1_000);
  reply.header('Retry-After', String(seconds));
  const text = `too many wrong passwords or tokens came from here; ask again in ${seconds} s`;
  return new BatonError('too-many-attempts', text);
}
