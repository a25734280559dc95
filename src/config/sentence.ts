/** How much a sentence matters: an error keeps Baton from starting, a warning is to be read, a note may be. */
export type Severity = 'error' | 'warning' | 'note';

/** Something to say about a configuration, and which key, file and line (from 1) it is about, where it is about one. */
export interface Sentence {
  readonly severity: Severity;
  readonly key: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly text: string;
}

/** A sentence whose place, if it has one, is found later by its key. */
export function sentence(severity: Severity, key: string | null, text: string): Sentence {
  return { severity, key, file: null, line: null, text };
}

/** As one line: `orchestrator.conf.json:12: InstancePollSeconds wants …`. */
export function lineOf({ file, line, text }: Sentence): string {
  if (file === null) return text;
  return line === null ? `${file}: ${text}` : `${file}:${line}: ${text}`;
}
