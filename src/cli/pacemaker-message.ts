import { createReadStream } from 'node:fs';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { Message } from '../protocols/pacemaker/message.ts';
import { MessageReader } from '../protocols/pacemaker/message-reader.ts';

/**
 * The message that a file holds, read piece by piece, so that no more of a large one is in memory than the reader
 * takes. Throws BatonError `message-unreadable`.
 */
export async function messageIn(file: string): Promise<Message> {
  const reader = new MessageReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of createReadStream(file)) reader.write(decoder.decode(piece, { stream: true }));
    reader.write(decoder.decode());
  } catch (error) {
    if (error instanceof BatonError) throw error;
    throw new BatonError('message-unreadable', `The file cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  return reader.end();
}
