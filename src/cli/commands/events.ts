import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalRecord } from '../../engine/record.ts';
import { told } from '../../engine/telling.ts';
import { BatonError } from '../../kernel/errors.ts';
import { shortUid } from '../../kernel/uid.ts';
import { socketOf } from '../daemon.ts';
import { eventsOf, type StreamedEvent } from '../event-stream.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type Showing, showing } from './keeping.ts';
import type { Command } from 'commander';

interface Words extends Showing {
  readonly follow?: true;
  readonly after?: string;
}

/** How soon it is tried again, where no controller answers. */
const againMs = 1_000;

/** `baton events`: what the controller writes down, as it writes it. Exits 3 when the controller goes, unless it is followed. */
export function eventsCommand(terminal: Terminal, leave: Leave): Command {
  return showing('events', 'Say what happens, as it is written into the journal, until it is interrupted.')
    .option('--follow', 'wait for the controller where none answers, and go on behind what was said last')
    .option('--after <id>', 'first what came behind the event of this id, which --json shows')
    .action(async ({ config, json, follow, after }: Words) => {
      const socket = await socketOf(config);
      const say = json === true ? (one: StreamedEvent) => JSON.stringify(one) : narrator();
      let last = after ?? null;
      const { signal } = new AbortController();
      const stream = { socketPath: socket, path: '/baton/v1/events', signal };
      while (true) {
        try {
          for await (const event of eventsOf({ ...stream, after: last })) {
            if (event.id !== '') last = event.id;
            const line = say(event);
            if (line !== null) terminal.print(line);
          }
        } catch (error) {
          if (follow !== true || !(error instanceof BatonError) || error.code !== 'daemon-unreachable')
            throw error;
        }
        if (follow !== true) {
          terminal.say('The controller has ended the stream.');
          return leave(3);
        }
        await sleep(againMs);
      }
    });
}

/** What an event of a run is about, beside its record. */
interface Told {
  readonly uid: string;
  readonly workflow: string;
  readonly at: number;
}

/** Tells events a line each; it keeps what came before of each run that goes on, by which records are told. */
function narrator(): (event: StreamedEvent) => string | null {
  const runs = new Map<string, JournalRecord[]>();
  return ({ name, data }) => {
    if (name === 'gap') return 'What came before is not kept any more.';
    if (name === 'beat' || typeof data !== 'object' || data === null || !('uid' in data)) return null;
    // The controller's own events: docs/reference and src/api/events say what stands in them.
    const about = data as Told;
    const line = (sentence: string) =>
      `${new Date(about.at).toISOString()}  ${about.workflow} ${shortUid(about.uid)}  ${sentence}`;
    if (name === 'opened') return line('It begins.');
    const record = data as unknown as JournalRecord;
    const records = [...(runs.get(about.uid) ?? []), record];
    if (name === 'ended') runs.delete(about.uid);
    else runs.set(about.uid, records);
    const sentence = told(record, records);
    return sentence === null ? null : line(sentence);
  };
}
