import { z } from 'zod';
import type { SoleJournal } from '../engine/ports.ts';
import { actingNames, orchestratorRecovery } from '../../workflows/acting.ts';
import type { Backend } from './backend.ts';
import { knownIn, type TakenRun, type Taking, takingOf } from './taking.ts';

/** That this journal has taken in a backend, from where and when, in milliseconds since 1970. */
const Imported = z.object({ from: z.string(), at: z.number() });
export type Imported = z.infer<typeof Imported>;

const room = 'imported';
const name = 'orchestrator';

/** So many are written in one turn, which is one transaction of the state file. */
const atOnce = 200;

/** The import that this journal has seen to its end; null for none. */
export async function importedBefore(journal: SoleJournal): Promise<Imported | null> {
  return Imported.safeParse((await journal.kept(room)).get(name)).data ?? null;
}

/** What of a backend this journal would take. */
export async function whatToTake(backend: Backend, journal: SoleJournal, now: number): Promise<Taking> {
  return takingOf(backend, await knownIn(journal, actingNames), now);
}

/** Writes it. What was written of it before stays; that it is done is written last, so one that was cut off is made whole by another. */
export async function take(
  { facts, runs }: Taking,
  journal: SoleJournal,
  { from, at }: Imported,
): Promise<void> {
  const ended = new Set(
    (await journal.list({ workflow: orchestratorRecovery, limit: runs.length + 1 })).flatMap(
      ({ opening, end }) => (end === null ? [] : [opening.uid]),
    ),
  );
  const token = await journal.nextToken();
  for (const some of chunks(facts))
    await Promise.all(some.map((fact) => journal.keep(fact.room, fact.name, fact.value)));
  for (const some of chunks(runs))
    await Promise.all(
      some.flatMap((run) => written(run, journal, { token, isThere: ended.has(run.opening.uid) })),
    );
  await journal.keep(room, name, { from, at });
}

/** A run with its end and its acknowledgement, asked for in one turn. */
function written(
  { opening, end, endedAt, acknowledged }: TakenRun,
  journal: SoleJournal,
  { token, isThere }: { token: number; isThere: boolean },
): Promise<unknown>[] {
  const { uid } = opening;
  const whole = isThere
    ? []
    : [journal.open({ ...opening, token }), journal.append(uid, end, endedAt, token)];
  if (acknowledged === null) return whole;
  return [...whole, journal.acknowledge(uid, acknowledged.by, acknowledged.why, acknowledged.at)];
}

function chunks<One>(all: readonly One[]): (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, at) =>
    all.slice(at * atOnce, (at + 1) * atOnce),
  );
}
