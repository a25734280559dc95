import type { Opening } from '../../engine/ports.ts';
import type { JournalRecord } from '../../engine/record.ts';

/** An event of the journal as it goes over the wire, made once for all who listen. */
export interface FeedEvent {
  /** `<number of the run>.<seq of the record>`; the opening of a run has seq 0. */
  readonly id: string;
  readonly at: number;
  /** In the format of server-sent events. */
  readonly text: string;
}

export function openedEvent(number: number, opening: Opening): FeedEvent {
  const { uid, workflow, subject, at } = opening;
  return written(`${number}.0`, 'opened', { uid, workflow, subject, at, seq: 0, kind: 'opened' });
}

export function eventOf(
  number: number,
  { uid, workflow, subject }: Opening,
  record: JournalRecord,
): FeedEvent {
  return written(`${number}.${record.seq}`, record.kind, { uid, workflow, subject, ...record });
}

function written(
  id: string,
  kind: string,
  data: Readonly<Record<string, unknown>> & { readonly at: number },
): FeedEvent {
  return { id, at: data.at, text: `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n` };
}
