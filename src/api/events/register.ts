import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { BatonError } from '../../kernel/errors.ts';
import { read } from '../read.ts';
import type { Documented } from '../route.ts';
import { type FedJournal, Feed } from './feed.ts';
import { inSlices } from '../in-slices.ts';
import { missedOnce } from './missed.ts';
import { dropStream, openStream } from './open-stream.ts';
import { StandingFeed, type Stood } from './standing.ts';
import { Stream } from './stream.ts';

const mostStreams = 10_000;
const beatMs = 15_000;
const Asked = z.object({
  /** The id of the last event that was heard, as Last-Event-ID has it. */
  after: z.string().max(100).optional(),
  standing: z.literal('yes').optional(),
});
const documented: Documented = {
  method: 'GET',
  needs: 'view',
  path: '/events',
  says: 'The journal as it grows; with `standing=yes` how everything stands, too.',
  query: Asked,
  isStream: true,
  answer: z.looseObject({
    uid: z.string(),
    workflow: z.string(),
    subject: z.string(),
    kind: z.string(),
    at: z.number(),
  }),
};
const beat = 'event: beat\ndata: {}\n\n';

/**
 * The journal as it grows, by server-sent events. Whoever was cut off goes on behind Last-Event-ID, or `?after=`. With
 * `?standing=yes` how everything stands is told as well: all of it at first, then each part that changes.
 */
export function registerEvents(server: FastifyInstance, journal: FedJournal, stood: () => Stood): void {
  const feed = new Feed(journal, Date.now);
  const standing = new StandingFeed(stood);
  const streams = new Map<Stream, (because: string) => void>();
  const missed = missedOnce(journal, () => [...streams.keys()].reduce((sum, { holds }) => sum + holds, 0));

  const serve = (stream: Stream, leave: (because: string) => void) => {
    const because = stream.send(performance.now());
    if (because !== null) leave(because);
  };
  let isSending = false;
  let isDue = false;
  /** Thousands take a while, so that some at a time are served; what comes meanwhile goes with the next round. */
  const sendAll = async () => {
    isDue = true;
    if (isSending) return;
    isSending = true;
    while (isDue) {
      isDue = false;
      await inSlices([...streams], ([stream, leave]) => serve(stream, leave));
    }
    isSending = false;
  };
  const beating = setInterval(() => {
    void inSlices([...streams], ([stream, leave]) => {
      serve(stream, leave);
      stream.say(beat, performance.now());
    });
  }, beatMs);
  beating.unref();
  server.addHook('onClose', async () => {
    clearInterval(beating);
    for (const leave of streams.values()) leave('this controller is being stopped');
  });

  const config = { needs: documented.needs, documented };
  server.get(`/baton/v1${documented.path}`, { config }, async (request, reply) => {
    if (streams.size >= mostStreams)
      throw new BatonError('too-many-streams', `${mostStreams} streams of events are open already`);
    const { after = request.headers['last-event-id'], standing: wanted } = read(Asked, request.query);
    // Each listens for itself: one that leaves ends its own listening.
    const stop = await feed.listen(() => void sendAll());
    const place = feed.end;
    const finding = after === undefined ? Promise.resolve([]) : missed(String(after));
    const found = await finding.catch((error: unknown) => {
      stop();
      throw error;
    });
    const raw = openStream(reply);
    const onTaken = () => serve(stream, leave);
    const wants = wanted === 'yes' ? standing : null;
    const stream = new Stream(raw, { feed, standing: wants, missed: found ?? [], place, onTaken });
    const stopStanding = wants?.listen(() => void sendAll());
    const left = () => {
      streams.delete(stream);
      stop();
      stopStanding?.();
    };
    const leave = (because: string) => {
      left();
      dropStream(raw, because);
    };
    streams.set(stream, leave);
    raw.on('close', left);
    stream.say(found === null ? 'event: gap\ndata: {}\n\n' : ': \n\n', performance.now());
    return reply;
  });
}
