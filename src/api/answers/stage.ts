import { z } from 'zod';
import { InstanceKey } from '../../kernel/instance-key.ts';
import { listOf } from '../route.ts';

/** One line of what happens; `at` is milliseconds since the play began. */
const Line = z.strictObject({
  at: z.number(),
  by: z.enum(['script', 'person', 'controller', 'world']),
  warns: z.boolean(),
  text: z.string(),
});

export const Stage = z
  .strictObject({
    /** Counts what was begun on the stage, from 1. */
    play: z.number(),
    story: z.string(),
    title: z.string(),
    commands: listOf(z.string()),
    /** How many of the commands were given. */
    given: z.number(),
    isOver: z.boolean(),
    isPaused: z.boolean(),
    /** So many seconds pass there for one of the wall's. */
    speed: z.number(),
    /** Chance strikes now and then. */
    faults: z.boolean(),
    /** Milliseconds since the play began. */
    at: z.number(),
    controller: z.enum(['lives', 'dead']),
    servers: listOf(
      z.strictObject({
        instance: InstanceKey,
        state: z.enum(['alive', 'dead', 'frozen', 'crowded']),
        takesWrites: z.boolean(),
      }),
    ),
    lines: listOf(Line),
    /** The number of the next line, to be asked for as `from`. */
    next: z.number(),
  })
  .meta({ id: 'Stage' });

export const PlayableStory = z.strictObject({
  name: z.string(),
  title: z.string(),
  commands: listOf(z.string()),
});

/** A run that a story has left in the journal: its opening and its records. */
export const Recording = z.strictObject({
  story: z.string(),
  opening: z.unknown(),
  records: listOf(z.unknown()),
});
