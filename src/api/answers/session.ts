import { z } from 'zod';
import { tokenRoles } from '../../config/keys/api-tokens.ts';

/** What whoever asks may do here. */
export const Session = z
  .strictObject({
    /** As they signed in; null where nobody is asked who they are. */
    name: z.string().nullable(),
    role: z.enum(tokenRoles),
    /** The API takes no changes at all (ReadOnly). */
    isReadOnly: z.boolean(),
    /** Whether they say themselves who they are when they change something. */
    speaksForOthers: z.boolean(),
    /** The browser presents a token, which it can be told to forget. */
    canSignOut: z.boolean(),
    /** The servers are simulated. */
    isPretended: z.boolean(),
    /** From how many seconds on a replica is held to be lagging. */
    reasonableLagSeconds: z.number(),
  })
  .meta({ id: 'Session' });
