import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Controller } from '../../controller/controller.ts';
import type { Utterance, Voices } from '../../hooks/voices.ts';
import { BatonError } from '../../kernel/errors.ts';
import { recoveryUidOf } from '../../steps/hook-facts.ts';
import { HookOutcome } from '../../engine/record.ts';
import { read } from '../read.ts';
import { type Documented, Named } from '../route.ts';
import { dropStream, openStream } from './open-stream.ts';

const mostStreams = 500;
/** A reader that has left so much untaken is left. */
const mostUntaken = 1_048_576;
const beatMs = 15_000;

const documented: Documented = {
  method: 'GET',
  needs: 'view',
  path: '/recoveries/:name/hooks/output',
  says: 'What its hooks write while they run: what those that run have written already, and then as it comes.',
  params: Named,
  isStream: true,
  answer: z.union([
    z.strictObject({ run: z.string(), text: z.string() }),
    z.strictObject({ run: z.string(), outcome: HookOutcome }),
  ]),
};

/** Hooks of one recovery, its detection and its returns, as they speak on the controller that is asked. */
export function registerHookOutput(
  server: FastifyInstance,
  { controller, voices }: { controller: Controller; voices: Voices },
): void {
  const open = new Set<() => void>();
  server.addHook('onClose', async () => {
    for (const leave of open) leave();
  });
  const config = { needs: documented.needs, documented };
  server.get(`/baton/v1${documented.path}`, { config }, async (request, reply) => {
    if (open.size >= mostStreams)
      throw new BatonError('too-many-streams', `${mostStreams} streams of hooks’ output are open already`);
    const { recovery } = await controller.recovery(read(Named, request.params).name);
    const isMeant = (run: string) =>
      recoveryUidOf(run.slice(0, run.lastIndexOf('/'))) === recoveryUidOf(recovery.uid);
    const raw = openStream(reply);
    const say = (utterance: Utterance) => {
      if (!isMeant(utterance.run)) return;
      raw.write(eventOf(utterance));
      if (raw.writableLength <= mostUntaken) return;
      dropStream(raw, 'what was written was not taken; ask again for what the hooks have written so far');
      leave();
    };
    const { spoken, stop } = voices.listen(say);
    const beating = setInterval(() => raw.write(': \n\n'), beatMs).unref();
    const leave = () => {
      clearInterval(beating);
      stop();
      open.delete(end);
    };
    const end = () => {
      leave();
      raw.destroy();
    };
    open.add(end);
    raw.on('close', leave);
    raw.write(': \n\n');
    for (const [run, text] of spoken) if (text !== '') say({ kind: 'output', run, text });
    return reply;
  });
}

function eventOf({ kind, ...data }: Utterance): string {
  return `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
