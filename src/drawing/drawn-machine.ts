import { digestOf } from '../engine/digest.ts';
import { chartOf } from './chart.ts';
import type { DrawnMachine } from './geometry.ts';
import { drawn } from './layout.ts';
import { machines } from './machines.ts';

const known = new Map<string, Promise<DrawnMachine>>();

/** Laid out once: a machine never changes. Null where this build has none of that name. */
export async function drawnMachine(name: string): Promise<DrawnMachine | null> {
  const workflow = machines.find((one) => one.name === name);
  if (workflow === undefined) return null;
  const { machine, grave } = workflow;
  const made =
    known.get(name) ??
    drawn(chartOf(machine, grave)).then((drawing) => ({ name, digest: digestOf(machine), drawing }));
  known.set(name, made);
  return made;
}
