import { appendFile } from 'node:fs/promises';
import type { Teller } from '../engine/ports.ts';
import { messageOf } from '../kernel/errors.ts';
import { runProgram } from '../process/run-program.ts';

/** Something that was asked for or done. `instance` and `cluster` are empty where it is about none. */
export interface Audited {
  /** In orchestrator’s words: `begin-downtime`, `relocate`. */
  readonly type: string;
  readonly instance: { readonly host: string; readonly port: number | null };
  readonly cluster: string;
  readonly message: string;
}

export interface Audit {
  write(audited: Audited): void;
  /** Resolves when all is written. */
  settled(): Promise<void>;
}

/** Nothing is written down. */
export const unwritten: Audit = { write: () => {}, settled: async () => {} };

/**
 * Writes down each change: to AuditLogFile and to syslog where the configuration has them, and to the log always. The
 * file is opened anew for each line, so that it may be moved away at any time.
 */
export function auditOf(
  { AuditLogFile, AuditToSyslog }: { readonly AuditLogFile: string; readonly AuditToSyslog: boolean },
  { teller, now }: { teller: Teller; now: () => number },
): Audit {
  let writing: Promise<unknown> = Promise.resolve();
  const inTurn = (place: string, write: () => Promise<unknown>) => {
    writing = writing
      .then(write)
      .catch((error: unknown) =>
        teller.warn(`the audit cannot be written to ${place}: ${messageOf(error)}`, {}),
      );
  };
  return {
    write(audited) {
      const { type, instance, cluster, message } = audited;
      const server = instance.port === null ? instance.host : `${instance.host}:${instance.port}`;
      teller.tell(`${type}: ${message}`, {
        ...(server === '' ? {} : { instance: server }),
        ...(cluster === '' ? {} : { cluster }),
      });
      const line = auditLine(audited, now());
      if (AuditLogFile !== '')
        inTurn(AuditLogFile, () => appendFile(AuditLogFile, `${line}\n`, { mode: 0o640 }));
      if (AuditToSyslog)
        inTurn('syslog', () =>
          runProgram('logger', ['-t', 'baton', '-p', 'user.info', '--', line], { timeoutMs: 5_000 }),
        );
    },
    settled: async () => {
      await writing;
    },
  };
}

/** A line of orchestrator’s audit log (3.2.6, section 3.13), of local time; nothing in it can begin another. */
export function auditLine({ type, instance, cluster, message }: Audited, at: number): string {
  const fields = [type, instance.host, String(instance.port ?? 0), `[${cluster}]`, message];
  return `${[localTime(at), ...fields.map(onOneField)].join('\t')}\t`;
}

function onOneField(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function localTime(at: number): string {
  const moment = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day} ${[moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':')}`;
}
