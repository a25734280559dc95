import { useEffect, useMemo, useState } from 'react';
import { ask } from '../api/client.ts';
import { Refusal, refusalOf } from '../api/refusal.ts';
import type { DrawnMachine, Incident } from '../api/types.ts';
import { live } from '../live/live.ts';

/** An incident with the drawings of its machines. */
export interface Seen {
  readonly incident: Incident;
  /** Null where this build has no such machine; left out until that is known. */
  readonly machines: ReadonlyMap<string, DrawnMachine | null>;
}

/** What comes at once is read at once. */
const gatherMs = 120;

/** An incident as it is told, read again with each record that one of its runs gets; null while it is first asked for. */
export function useIncident(uid: string): Seen | Refusal | null {
  const [incident, setIncident] = useState<Incident | Refusal | null>(null);
  const names = incident === null || incident instanceof Refusal ? '' : namesIn(incident).join(' ');
  const machines = useMachines(names);
  useEffect(() => {
    let isOver = false;
    let waiting: ReturnType<typeof setTimeout> | null = null;
    let runs: ReadonlySet<string> = new Set();
    const read = async () => {
      waiting = null;
      const next = await ask<Incident>(`/recoveries/${encodeURIComponent(uid)}/incident`).catch(refusalOf);
      if (isOver) return;
      if (!(next instanceof Refusal)) runs = new Set(next.runs.map((run) => run.uid));
      setIncident(next);
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
  return useMemo(
    () => (incident === null || incident instanceof Refusal ? incident : { incident, machines }),
    [incident, machines],
  );
}

/** The drawings come after the story: the first of a new controller takes a moment. */
function useMachines(names: string): Seen['machines'] {
  const [machines, setMachines] = useState<Seen['machines']>(new Map());
  useEffect(() => {
    let isOver = false;
    for (const name of names.split(' ').filter((word) => word !== ''))
      void machine(name).then((drawn) => {
        if (!isOver) setMachines((before) => new Map(before).set(name, drawn));
      });
    return () => {
      isOver = true;
    };
  }, [names]);
  return machines;
}

/** Those of the recovery itself come first. */
function namesIn({ runs }: Incident): readonly string[] {
  return [...new Set(runs.toReversed().map(({ workflow }) => workflow))];
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
