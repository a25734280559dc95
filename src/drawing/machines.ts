import * as workflows from '../../workflows/index.ts';
import type { Workflow } from '../../workflows/step.ts';
import { digestOf } from '../engine/digest.ts';
import { chartOf } from './chart.ts';
import type { Drawing } from './geometry.ts';
import { drawn } from './layout.ts';

/** Every workflow that `workflows/index.ts` names, in the order of their names. */
export const machines: readonly Workflow[] = Object.values(workflows)
  .filter(
    (named): named is Extract<typeof named, Workflow> => typeof named === 'object' && 'machine' in named,
  )
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** A machine of this build, drawn. */
export interface DrawnMachine {
  readonly name: string;
  /** Tells one version of it from another. */
  readonly digest: string;
  readonly drawing: Drawing;
}

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
