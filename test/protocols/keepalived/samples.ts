import { readFileSync } from 'node:fs';
import { importConf } from '../../../src/protocols/keepalived/conf/import.ts';
import { type Fault, parseFaults } from '../../../src/protocols/keepalived/predict/faults.ts';
import { type Predicted, predict } from '../../../src/protocols/keepalived/predict/predict.ts';
import type { Profile, RouterPlan } from '../../../src/protocols/keepalived/router/plan.ts';
import { planOfConf } from '../../../src/protocols/keepalived/router/plan-of-conf.ts';

/** What the real daemon was seen doing: keepalived 2.2.7, and 1.2.13 for the seed's age. */
const recorded = new URL('../../fixtures/keepalived/', import.meta.url);

export interface Sample {
  readonly name: string;
  readonly profile: Profile;
  /** Of each router, one for all where there is one only. */
  readonly files: Readonly<Record<string, string>>;
  /** What was done, by the words of the recording; what happens before the first second is entered as `0`. */
  faults(drives: readonly Drive[]): string;
}

export interface Drive {
  readonly t: number;
  readonly text: string;
}

export interface Seen {
  readonly t: number;
  readonly node: string;
  readonly kind: 'fifo' | 'exec';
  /** The line of the FIFO; or of a script its label and arguments. */
  readonly text: string;
}

export function textOf(path: string): string {
  return readFileSync(new URL(path, recorded), 'utf8');
}

interface Row extends Drive {
  readonly kind: string;
  readonly node: string;
  readonly line: string;
  readonly script: string;
  readonly args: readonly string[];
}

function rowsOf(name: string): readonly Row[] {
  return textOf(`${name}/sequence.jsonl`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

function drivesOf({ name }: Pick<Sample, 'name'>): readonly Drive[] {
  return rowsOf(name).filter(({ kind }) => kind === 'drive');
}

export function seenIn({ name }: Pick<Sample, 'name'>): readonly Seen[] {
  return rowsOf(name).flatMap(({ t, kind, node, line, script, args }): Seen[] => {
    if (kind === 'fifo') return [{ t, node, kind, text: line }];
    return kind === 'exec' ? [{ t, node, kind, text: [script, ...args].join(' ') }] : [];
  });
}

export function routersOf({ name, files, profile }: Sample): readonly RouterPlan[] {
  return Object.entries(files).map(([id, file], address) =>
    planOfConf(importConf({ file, text: textOf(`${name}/${file}`) }, { id }), { id, profile, address }),
  );
}

export function predictedFor(sample: Sample): readonly Predicted[] {
  const drives = drivesOf(sample);
  const faults: readonly Fault[] = parseFaults(sample.faults(drives));
  return predict(routersOf(sample), faults, ((drives.at(-1)?.t ?? 0) + 10) * 1_000);
}
