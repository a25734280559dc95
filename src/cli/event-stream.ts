import { request } from 'node:http';
import { BatonError, messageOf } from '../kernel/errors.ts';

/** One event of the controller's stream. */
export interface StreamedEvent {
  /** Where to go on behind; empty for one that has no place in the journal. */
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

/** What is listened to. */
export interface Streamed {
  readonly socketPath: string;
  /** `/baton/v1/events`, the journal as it grows, or another stream of the API. */
  readonly path: string;
  /** The id of the event behind which to begin; null for now. */
  readonly after: string | null;
  readonly signal: AbortSignal;
}

/**
 * The events of a stream as they come. Ends where the controller ends it; throws
 * `daemon-unreachable` where none answers, and what the controller refuses.
 */
export async function* eventsOf(streamed: Streamed): AsyncGenerator<StreamedEvent> {
  const response = await opened(streamed);
  response.setEncoding('utf8');
  let text = '';
  try {
    for await (const part of response) {
      const blocks = (text + part).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = eventIn(block);
        if (event !== null) yield event;
      }
    }
  } catch (error) {
    // A controller that goes, goes in the middle of a stream.
    if ((error as { code?: unknown }).code !== 'ECONNRESET') throw error;
  }
}

function opened({ socketPath, path, after, signal }: Streamed) {
  return new Promise<AsyncIterable<string> & { setEncoding(name: 'utf8'): unknown }>((resolve, reject) => {
    const headers = after === null ? {} : { 'last-event-id': after };
    const asking = request({ socketPath, path, headers, signal }, (response) => {
      if (response.statusCode === 200) return resolve(response);
      response.resume();
      reject(new BatonError('usage', `the controller does not open ${path} (${response.statusCode})`));
    });
    asking.on('error', (cause) => {
      reject(
        new BatonError('daemon-unreachable', `no controller answers on ${socketPath}: ${messageOf(cause)}`, {
          cause,
        }),
      );
    });
    asking.end();
  });
}

/** Null for a comment, which keeps the stream from being taken for dead. */
function eventIn(block: string): StreamedEvent | null {
  const fields = new Map(
    block.split('\n').flatMap((line) => {
      const [, name, value] = /^(\w+): (.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value ?? ''] as const];
    }),
  );
  const [name, data] = [fields.get('event'), fields.get('data')];
  return name === undefined || data === undefined
    ? null
    : { id: fields.get('id') ?? '', name, data: JSON.parse(data) };
}
