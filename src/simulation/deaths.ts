import { actingNames } from '../../workflows/acting.ts';
import { Narrator } from './narrator.ts';
import { recordLine } from './record-line.ts';
import { verdict } from './verdict.ts';
import type { World } from './world.ts';

/** How long a controller that was started again has to bring the recovery to its end. */
const endsWithinMs = 60_000;
const downMs = 2_000;
const mostRecords = 500;

/**
 * Plays the same commands over and over, each time with a controller that dies after one record more
 * and is started again two seconds later, until there is no record left to die after. One line a death,
 * and what the servers say afterwards where it is not the same each time.
 */
export async function deaths(
  commands: readonly string[],
  breathe: () => Promise<void>,
): Promise<readonly string[]> {
  const told: { readonly line: string; readonly found: string }[] = [];
  for (let records = 1; records < mostRecords; records += 1) {
    const narrator = new Narrator(breathe);
    for (const command of commands) {
      await narrator.obey(command);
      if (command === 'start') narrator.world.dieAfter(records);
    }
    const { world } = narrator;
    if (world.controller !== null) return summed(told);
    const last = await lastRecord(world);
    await world.clock.advance(downMs);
    await world.start();
    await world.clock.advance(endsWithinMs);
    told.push({ line: `${await endsOf(world)} after dying at ${last}`, found: verdict(world).join('; ') });
  }
  throw new RangeError(`the story goes on for more than ${mostRecords} records`);
}

function summed(told: readonly { readonly line: string; readonly found: string }[]): string[] {
  const [first] = told;
  if (first === undefined) return ['there is no record to die after'];
  if (told.some(({ found }) => found !== first.found))
    return told.map(({ line, found }) => `${line}: ${found}`);
  return [...told.map(({ line }) => line), `each time: ${first.found}`];
}

/** What the journal ended with when the controller died. */
async function lastRecord({ journal }: World): Promise<string> {
  const going = await journal.unfinished();
  const opening = going.at(-1) ?? (await journal.list({ limit: 1 }))[0]?.opening;
  if (opening === undefined) return 'nothing';
  const record = (await journal.read(opening.uid))?.records.at(-1);
  const words = record === undefined ? 'opened' : recordLine(record).replace(/\s+/g, ' ').trim();
  return `${opening.workflow} ${words}`;
}

async function endsOf(world: World): Promise<string> {
  const recoveries = await world.journal.list({ workflow: actingNames, limit: 10 });
  const ends = recoveries.map(({ end }) => end?.state ?? 'UNFINISHED');
  return ends.length === 0 ? 'no recovery' : ends.join(', ');
}
