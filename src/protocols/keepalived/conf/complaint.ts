/** Where something stands. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/**
 * Something about a configuration that a person should know. `error`: keepalived itself complains of it; `warning`: it
 * takes it without a word, and does something else than is believed.
 */
export interface Complaint extends Place {
  readonly severity: 'error' | 'warning';
  /** Names the rule, for those who search or silence it. */
  readonly code: string;
  /** What is wrong, and what keepalived does. */
  readonly message: string;
}
