import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { BatonError } from '../kernel/errors.ts';
import { closeFile, openFile, openToRead, reasonOf } from './sqlite-file.ts';
import type { Asked, Failure, FileUse, Greeting, Message, Reply } from './sqlite-messages.ts';
import { storeIn } from './sqlite-store.ts';

/**
 * The thread that owns the state file, so that a slow disk never holds up the looking at servers.
 * What was asked while one transaction was being written goes together into the next: one wait for
 * the disk for all of it.
 */

const { file, use }: { file: string; use: FileUse } = workerData;
if (parentPort === null) throw new Error('this is a thread of the journal, not a program');
parentPort.postMessage(serve(parentPort));

function serve(port: MessagePort): Greeting {
  try {
    const database = use === 'read' ? openToRead(file) : openFile(file, use);
    const answer = answering(storeIn(database));
    port.on('message', (first: Message) => {
      const messages = [first, ...waitingAt(port)].flat();
      const asked = messages.filter((message) => message !== 'close');
      if (asked.length > 0) port.postMessage(inOneTransaction(database, asked, answer));
      if (asked.length === messages.length) return;
      if (use === 'read') database.close();
      else closeFile(database, file);
      port.close();
    });
    return 'open';
  } catch (error) {
    return failureOf(error);
  }
}

/** Everything that has arrived since, without waiting for more. */
function waitingAt(port: MessagePort): Message[] {
  const messages: Message[] = [];
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port))
    messages.push(next.message);
  return messages;
}

/** All of it is on disk when this returns, or none of it and every reply says why. */
function inOneTransaction(
  database: ReturnType<typeof openFile>,
  asked: readonly Asked[],
  answer: (one: Asked) => Reply,
): readonly Reply[] {
  try {
    database.exec(use === 'read' ? 'begin' : 'begin immediate');
    const replies = asked.map(answer);
    database.exec('commit');
    return replies;
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    return asked.map(({ id }) => ({ id, failure: failureOf(error) }));
  }
}

function answering(store: ReturnType<typeof storeIn>): (asked: Asked) => Reply {
  // A verb's arguments are checked by the compiler where they are sent: SqliteThread.ask.
  const verbs = store as unknown as Record<keyof typeof store, (...args: readonly unknown[]) => unknown>;
  return ({ id, verb, args }) => {
    try {
      return { id, value: verbs[verb](...args) };
    } catch (error) {
      // A refusal has changed nothing, so the others of this transaction may go on.
      if (error instanceof BatonError) return { id, failure: failureOf(error) };
      throw error;
    }
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof BatonError) return { code: error.code, message: error.message };
  return { code: 'journal-broken', message: `${file}: ${reasonOf(error, file)}, so nothing was written` };
}
