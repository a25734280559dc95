import type { FastifyInstance } from 'fastify';
import { BatonError } from '../../kernel/errors.ts';
import { type FedJournal, Feed } from './feed.ts';
import { missedSince } from './missed.ts';
import { StandingFeed, type Stood } from './standing.ts';
import { Stream } from './stream.ts';

const mostStreams = 10_000;
const beatMs = 15_000;

/**
 * The journal as it grows, by server-sent events. Whoever was cut off goes on behind Last-Event-ID, or `?after=`. With
 * `?standing=yes` how everything stands is told as well: all of it at first, then each part that changes.
 */
export function registerEvents(server: FastifyInstance, journal: FedJournal, stood: () => Stood): void {
  const feed = new Feed(journal, Date.now);
  const standing = new StandingFeed(stood);
  const streams = new Map<Stream, () => void>();
  /** Of those who come back at once, one after another is told what it has missed. */
  let resuming: Promise<unknown> = Promise.resolve();

  const sendAll = () => {
    const now = performance.now();
    for (const [stream, leave] of streams) if (!stream.send(now)) leave();
  };
  const beating = setInterval(() => {
    sendAll();
    for (const stream of streams.keys()) stream.say('event: beat\ndata: {}\n\n', performance.now());
  }, beatMs);
  beating.unref();
  server.addHook('onClose', async () => {
    clearInterval(beating);
    for (const leave of streams.values()) leave();
  });

  server.get('/baton/v1/events', { config: { needs: 'view' } }, async (request, reply) => {
    if (streams.size >= mostStreams)
      throw new BatonError('too-many-streams', `${mostStreams} streams of events are open already`);
    const after = request.headers['last-event-id'] ?? Object(request.query).after;
    const stop = await feed.listen(sendAll);
    const place = feed.end;
    const finding = resuming.then(() => (after === undefined ? [] : missedSince(journal, String(after))));
    resuming = finding.catch(() => {});
    const missed = await finding.catch((error: unknown) => {
      stop();
      throw error;
    });
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const onTaken = () => {
      if (!stream.send(performance.now())) leave();
    };
    const wants = Object(request.query).standing === 'yes' ? standing : null;
    const stream = new Stream(raw, { feed, standing: wants, missed: missed ?? [], place, onTaken });
    const stopStanding = wants?.listen(onTaken);
    const leave = () => {
      streams.delete(stream);
      stop();
      stopStanding?.();
      raw.destroy();
    };
    streams.set(stream, leave);
    raw.on('close', leave);
    stream.say(missed === null ? 'event: gap\ndata: {}\n\n' : ': \n\n', performance.now());
    return reply;
  });
}
