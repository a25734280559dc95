import type { Opening } from '../../engine/ports.ts';
import type { JournalRecord } from '../../engine/record.ts';
import { memoryJournal } from '../../journal/memory.ts';
import { storyBegins } from '../clock.ts';
import { Play } from './play.ts';
import type { Script } from './script.ts';

/** One run as the journal has it, and the story that it comes from. */
export interface Recording {
  readonly story: string;
  readonly opening: Opening;
  readonly records: readonly JournalRecord[];
}

const mostRuns = 1_000;

/** Plays a script to its end, as fast as it goes, and gives the runs it has left in the journal, the first one first. */
export async function recorded(script: Script, breathe: () => Promise<void>): Promise<readonly Recording[]> {
  const journal = memoryJournal();
  const play = new Play(script, { breathe, begins: storyBegins, seed: 1, journal });
  await play.finish();
  play.end();
  const recordings: Recording[] = [];
  for (const { opening } of (await journal.list({ limit: mostRuns })).toReversed()) {
    const { records = [] } = (await journal.read(opening.uid)) ?? {};
    recordings.push({ story: script.name, opening, records });
  }
  return recordings;
}
