import { closeSync, constants, fstatSync, openSync, statSync, type Stats } from 'node:fs';
import { createServer, type Server, Socket } from 'node:net';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import type { Told } from '../../protocols/keepalived/router/calls.ts';
import { LineSplitter, parseFifoLine } from '../../protocols/keepalived/watch/fifo-line.ts';

/** What a reader of the FIFO hears. */
export type Heard =
  | { readonly type: 'told'; readonly told: Told }
  /** A line that keepalived did not write; the beginning of it. */
  | { readonly type: 'unreadable'; readonly line: string }
  /** The FIFO was made anew: keepalived was stopped and started. What was told of it may be out of date. */
  | { readonly type: 'reopened' };

export interface FifoReader {
  close(): void;
}

/** Longer than keepalived writes any: names are bounded by its lines of 1024 bytes. */
const longestLine = 2_048;
const lookEveryMs = 500;

/**
 * Reads keepalived's vrrp_notify_fifo: what was written before anybody read it comes first. It is opened so that a missing
 * writer neither blocks nor ends the reading, and opened again where it was made anew. Throws `fifo-unusable` where it is no
 * FIFO, or where another reader has it: two would take lines from each other.
 */
export async function readFifo(path: string, hear: (heard: Heard) => void): Promise<FifoReader> {
  let open = await opened(path, hear);
  let moving = false;
  const timer = setInterval(() => {
    const now = statSync(path, { throwIfNoEntry: false });
    if (moving || now === undefined || (now.ino === open.facts.ino && now.dev === open.facts.dev)) return;
    moving = true;
    opened(path, hear)
      .then((next) => {
        open.close();
        open = next;
        hear({ type: 'reopened' });
      })
      // It may be in the making, or somebody else's; the next look says.
      .catch(() => {})
      .finally(() => {
        moving = false;
      });
  }, lookEveryMs);
  return {
    close() {
      clearInterval(timer);
      open.close();
    },
  };
}

interface Open {
  readonly facts: Stats;
  close(): void;
}

async function opened(path: string, hear: (heard: Heard) => void): Promise<Open> {
  const fd = fdOf(path);
  const facts = fstatSync(fd);
  let guard: Server;
  try {
    if (!facts.isFIFO()) throw unusable(path, 'it is no FIFO. Make one with mkfifo before keepalived starts');
    guard = await onlyReader(path, facts);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  const socket = new Socket({ fd, readable: true, writable: false });
  const splitter = new LineSplitter(longestLine);
  socket.setEncoding('utf8');
  socket.on('data', (text: Buffer | string) => {
    const { dropped } = splitter;
    for (const line of splitter.write(String(text))) hear(heardIn(line));
    if (splitter.dropped > dropped)
      hear({ type: 'unreadable', line: `a line of more than ${longestLine} characters` });
  });
  socket.on('error', (error) => hear({ type: 'unreadable', line: messageOf(error) }));
  return {
    facts,
    close() {
      socket.destroy();
      guard.close();
    },
  };
}

function fdOf(path: string): number {
  try {
    // Opened for writing too, as keepalived does, there is always a writer, so it never ends.
    return openSync(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    throw unusable(path, `it cannot be opened: ${messageOf(error)}`);
  }
}

/** A name that only one process of this machine can have, and that is free again when the process is gone. */
async function onlyReader(path: string, { dev, ino }: Stats): Promise<Server> {
  const guard = createServer();
  await new Promise<void>((resolve, reject) => {
    guard.once('error', () =>
      reject(unusable(path, 'another reader has it, and two would take lines from each other')),
    );
    guard.listen(`\0baton-fifo-${dev}-${ino}`, resolve);
  });
  guard.unref();
  return guard;
}

function heardIn(line: string): Heard {
  const told = parseFifoLine(line);
  return told === null ? { type: 'unreadable', line: line.slice(0, 100) } : { type: 'told', told };
}

function unusable(path: string, because: string): BatonError {
  return new BatonError('fifo-unusable', `The FIFO ${path} cannot be read: ${because}.`);
}
