import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config/keys.ts';
import { BatonError } from '../kernel/errors.ts';
import { Session } from './answers/session.ts';
import { credentialsIn } from './door/credentials.ts';
import { read } from './read.ts';
import { route } from './route.ts';

/** The cookie by which a page presents a token, which can set no header on a stream of events. */
const cookie = 'access-token';

/** Who asks and what they may; and how a page that was given a token presents it from then on. */
export function registerSession(
  server: FastifyInstance,
  { config, isPretended }: { config: Config; isPretended: boolean },
): void {
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/session',
    says: 'Who asks, and what they may do.',
    answer: Session,
    handle({ request: { caller, headers } }) {
      const { name, role, speaksForOthers } = caller;
      if (role === null) throw new BatonError('not-signed-in', 'nobody has signed in');
      return {
        name,
        role,
        // Whoever is not known by the door says who they are.
        speaksForOthers: name === null || speaksForOthers,
        isReadOnly: config.ReadOnly,
        canSignOut: headers.authorization === undefined && credentialsIn(headers) !== null,
        isPretended,
        reasonableLagSeconds: config.ReasonableReplicationLagSeconds,
      };
    },
  });
  const path = `${config.URLPrefix}/`;
  const kept = `Path=${path}; HttpOnly; SameSite=Strict${config.UseSSL ? '; Secure' : ''}`;
  const Token = z.object({ token: z.string().regex(/^[^;\s]{1,1000}$/) });
  server.post('/baton/v1/session/begin', { config: { needs: 'nobody' } }, async (request, reply) => {
    const { token } = read(Token, request.body);
    return reply.header('set-cookie', `${cookie}=${token}; ${kept}`).code(204).send();
  });
  server.post('/baton/v1/session/end', { config: { needs: 'nobody' } }, async (_, reply) =>
    reply.header('set-cookie', `${cookie}=; Max-Age=0; ${kept}`).code(204).send(),
  );
}
