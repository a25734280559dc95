import { useEffect, useState } from 'react';
import { ask } from '../api/client.ts';
import { type Refusal, refusalOf } from '../api/refusal.ts';
import type { DrawnMachine, Incident } from '../api/types.ts';
import { live } from '../live/live.ts';

/** An incident with the drawings of its machines. */
export interface Seen {
  readonly incident: Incident;
  readonly machines: ReadonlyMap<string, DrawnMachine>;
}

/** What comes at once is read at once. */
const gatherMs = 120;

/** An incident as it is told, read again with each record that one of its runs gets; null while it is first asked for. */
export function useIncident(uid: string): Seen | Refusal | null {
  const [seen, setSeen] = useState<Seen | Refusal | null>(null);
  useEffect(() => {
    let isOver = false;
    let waiting: ReturnType<typeof setTimeout> | null = null;
    let runs: ReadonlySet<string> = new Set();
    const read = async () => {
      waiting = null;
      const next = await seenOf(uid).catch(refusalOf);
      if (isOver) return;
      if ('incident' in next) runs = new Set(next.incident.runs.map((run) => run.uid));
      setSeen(next);
    };
    const stop = live.onRecord((told) => {
      const concerns =
        told === 'gap' || told.kind === 'opened' || told.kind === 'ended' || runs.has(told.uid);
      if (concerns && waiting === null) waiting = setTimeout(() => void read(), gatherMs);
    });
    void read();
    return () => {
      isOver = true;
      stop();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, [uid]);
  return seen;
}

async function seenOf(uid: string): Promise<Seen> {
  const incident = await ask<Incident>(`/recoveries/${encodeURIComponent(uid)}/incident`);
  const names = [...new Set(incident.runs.map(({ workflow }) => workflow))];
  const drawn = await Promise.all(names.map(machine));
  return { incident, machines: new Map(drawn.flatMap((one) => (one === null ? [] : [[one.name, one]]))) };
}

const known = new Map<string, Promise<DrawnMachine | null>>();

/** A drawing is asked for once. Null where this build has no such machine: what was recovered before Baton came. */
function machine(name: string): Promise<DrawnMachine | null> {
  const asked =
    known.get(name) ??
    ask<DrawnMachine>(`/machines/${encodeURIComponent(name)}`).catch(() => {
      known.delete(name);
      return null;
    });
  known.set(name, asked);
  return asked;
}
