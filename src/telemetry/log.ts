import { type LevelWithSilent, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Teller } from '../engine/ports.ts';
import { shortUid } from '../kernel/uid.ts';
import { redactor } from './redact.ts';

/**
 * The log: one event, one line, a sentence with its fields. JSON for machines, or `pretty` for a person
 * at a terminal: the time, the sentence, and of the fields only those that say where. To standard
 * error, at once, so that a crash loses nothing; `write` takes the lines elsewhere.
 */
export function createTeller(options: {
  readonly pretty: boolean;
  readonly level: LevelWithSilent;
  /** What must not appear in any line, in whatever string it stands. */
  readonly secrets: readonly string[];
  readonly write?: (line: string) => void;
}): Teller {
  const { pretty, level, secrets } = options;
  const errors = options.write === undefined ? pino.destination({ fd: 2, sync: true }) : null;
  const write = options.write ?? ((line: string) => errors?.write(line));
  const shape = pretty ? prettyFactory(forAPerson) : (line: string) => line;
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(shape(line)) },
  );

  const redact = redactor(secrets);
  const safe = (sentence: string, fields: Readonly<Record<string, unknown>>) =>
    [Object(redact(fields)), onOneLine(String(redact(sentence)))] as const;
  return {
    tell: (sentence, fields) => log.info(...safe(sentence, fields)),
    warn: (sentence, fields) => log.warn(...safe(sentence, fields)),
  };
}

type Pretty = Parameters<typeof prettyFactory>[0];

const forAPerson: Pretty = {
  colorize: false,
  hideObject: true,
  ignore: 'level',
  translateTime: 'SYS:HH:MM:ss.l',
  customPrettifiers: { time: (time) => (typeof time === 'string' ? time : '') },
  messageFormat: ({ msg, level, recovery, cluster, instance, step }) => {
    const where = {
      recovery: typeof recovery === 'string' ? shortUid(recovery) : recovery,
      cluster,
      instance,
      step,
    };
    const words = Object.entries(where)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `${name}=${onOneLine(String(value))}`);
    const sentence = `${level === 'warn' ? 'WARNING ' : ''}${String(msg)}`;
    return words.length === 0 ? sentence : `${sentence} (${words.join(', ')})`;
  },
};

/** Servers and hooks say things with line ends and terminal codes in them. */
function onOneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').replace(/[\p{Cc}]/gu, '�');
}
