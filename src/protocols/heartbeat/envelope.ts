import { bytes, bytesIn, type Field, hex, hexIn, type Message, text, textIn } from './message.ts';

/** What every message carries of its sender and its way, whatever it says. */
export interface Envelope {
  /** A node's name in small letters. */
  readonly source: string;
  /** 16 bytes that the node keeps for ever; null where the sender left them out. */
  readonly sourceId: Uint8Array | null;
  /** Of the node that the message names as its `dest`; null where it is for all, or the id is not known. */
  readonly destinationId: Uint8Array | null;
  /** From 1 at each start of the sender. Null in the messages whose type begins with NS_: they are outside the count. */
  readonly sequence: number | null;
  /** Greater with each start of the sender. */
  readonly generation: number;
  /** By the sender's clock. */
  readonly sentAtSeconds: number;
  /** The first line of /proc/loadavg; null in NS_ messages. */
  readonly load: string | null;
  /** How many nodes may pass it on; the real daemon says the number of nodes and one. */
  readonly timeToLive: number;
}

/** The whole message: what it says, and behind it the common fields in heartbeat's order (3.0.6). */
export function sealed(said: readonly Field[], envelope: Envelope): Message {
  const { source, sourceId, destinationId, sequence, generation, sentAtSeconds, load, timeToLive } = envelope;
  return [
    ...said,
    ...(destinationId === null ? [] : [bytes('destuuid', destinationId)]),
    text('src', source),
    ...(sourceId === null ? [] : [bytes('srcuuid', sourceId)]),
    ...(sequence === null ? [] : [hex('seq', sequence)]),
    hex('hg', generation),
    hex('ts', sentAtSeconds),
    ...(load === null ? [] : [text('ld', load)]),
    hex('ttl', timeToLive),
  ];
}

/** Null where the message lacks its sender, generation, time or time to live, or one of them is no number. */
export function envelopeIn(message: Message): Envelope | null {
  const source = textIn(message, 'src');
  const [generation, sentAtSeconds, timeToLive] = ['hg', 'ts', 'ttl'].map((name) => hexIn(message, name));
  if (!source || generation == null || sentAtSeconds == null || timeToLive == null) return null;
  return {
    source: source.toLowerCase(),
    sourceId: bytesIn(message, 'srcuuid'),
    destinationId: bytesIn(message, 'destuuid'),
    sequence: hexIn(message, 'seq'),
    generation,
    sentAtSeconds,
    load: textIn(message, 'ld'),
    timeToLive,
  };
}
