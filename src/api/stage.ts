import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Control, type Stage } from '../simulation/stage/stage.ts';
import { PlayableStory, Recording, Stage as StageAnswer } from './answers/stage.ts';
import { listOf, route } from './route.ts';

/** The stage of `baton dev`: which story is played, how fast, and what people do to its servers. No other controller has these routes. */
export function registerStage(server: FastifyInstance, stage: Stage): void {
  const From = z.object({ from: z.coerce.number().int().min(0).default(0) });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/stage',
    says: 'How the stage stands, and what was said on it from a line on.',
    query: From,
    answer: StageAnswer,
    handle: ({ query }) => stage.report(query.from),
  });
  route(server, {
    method: 'POST',
    needs: 'admin',
    path: '/stage',
    says: 'Plays, pauses, steps, changes the speed, or does what a story can say.',
    query: From,
    body: Control,
    answer: StageAnswer,
    async handle({ body, query }) {
      await stage.control(body);
      return stage.report(query.from);
    },
  });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/stage/stories',
    says: 'Which stories can be played.',
    answer: listOf(PlayableStory),
    handle: () => stage.scripts,
  });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/stage/recordings',
    says: 'What a story leaves in the journal, played at once and beside the stage.',
    query: z.object({ story: z.string().min(1) }),
    answer: listOf(Recording),
    handle: ({ query }) => stage.recorded(query.story),
  });
}
