import type { Opening } from '../../../src/engine/ports.ts';
import type { JournalRecord } from '../../../src/engine/record.ts';
import { ask } from '../api/client.ts';

/** One run that a story leaves in the journal. */
export interface Recording {
  readonly story: string;
  readonly opening: Opening;
  readonly records: readonly JournalRecord[];
}

const known = new Map<string, Promise<readonly Recording[]>>();

/** What a story leaves in the journal; it is played once for as long as this page is open. Throws `Refusal`. */
export function recordingsOf(story: string): Promise<readonly Recording[]> {
  const asked =
    known.get(story) ?? ask<readonly Recording[]>(`/stage/recordings?story=${encodeURIComponent(story)}`);
  known.set(story, asked);
  asked.catch(() => known.delete(story));
  return asked;
}

/** What each of the recordings of a story is called where one is chosen: its workflow, and which of several it is. */
export function recordingNames(recordings: readonly Recording[]): readonly string[] {
  const counts = new Map<string, number>();
  return recordings.map(({ opening: { workflow } }) => {
    const count = (counts.get(workflow) ?? 0) + 1;
    counts.set(workflow, count);
    return count === 1 ? workflow : `${workflow} (${count})`;
  });
}
