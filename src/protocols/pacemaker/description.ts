import { execStatus, execStatusText } from './exec-status.ts';
import { ocfText } from './ocf.ts';
import type { Release } from './release.ts';

/** What an operation's execution, its agent and its plan said, by number. */
export interface Outcome {
  readonly status: number;
  readonly rc: number;
  readonly targetRc: number;
}

/** What crm_mon puts into CRM_notify_desc (Pacemaker 2.1.5; in 3.0 only the texts differ). */
export function description({ status, rc, targetRc }: Outcome, release: Release): string {
  if (status !== execStatus.done) return execStatusText(status, release);
  return rc === targetRc ? 'OK' : ocfText(rc, release);
}
