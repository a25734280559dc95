import { z } from 'zod';
import { type Key, used } from '../key.ts';

/** What somebody may do who has such a token; each role may do all that those before it may. */
export const tokenRoles = ['view', 'acknowledge', 'approve', 'recover', 'admin'] as const;

const ApiToken = z.strictObject({
  Name: z.string().min(1, { error: 'wants the name of whoever has the token' }),
  Role: z.enum(tokenRoles, { error: `wants one of ${tokenRoles.join(', ')}` }),
  Hash: z.string().regex(/^sha256:[0-9a-f]{64}$/, { error: 'wants what baton token has printed' }),
});
export type ApiToken = z.output<typeof ApiToken>;

export const apiTokens: Key<readonly ApiToken[]> = {
  kind: 'plain',
  schema: z.array(ApiToken),
  wants: 'a list of {"Name": "deploy", "Role": "recover", "Hash": "sha256:…"}, as baton token prints them',
  fallback: [],
  means:
    'Who may use the API with a token of their own (Authorization: Bearer …): each a Name, a Role (view, acknowledge, approve, recover, admin, each with all before it) and the Hash that baton token has printed. With an empty AuthenticationMethod nobody else may then use it.',
  standing: used,
};
