/** Something about a file of heartbeat that a person should know. `error`: the real daemon (3.0.6) does not start with it, and Baton neither. */
export interface Complaint {
  readonly severity: 'error' | 'warning';
  readonly file: 'ha.cf' | 'authkeys' | 'haresources';
  /** From 1; null where something is missing, or the file itself is meant. */
  readonly line: number | null;
  readonly message: string;
}

export function complaintText({ file, line, severity, message }: Complaint): string {
  return `${file}${line === null ? '' : `:${line}`}: ${severity}: ${message}`;
}
