import type { Answer, JournalRecord } from '../engine/record.ts';
import { spelled, toldOutcome } from '../engine/telling.ts';
import type { Order } from '../engine/ports.ts';
import { moment } from './names.ts';

/** A record of the journal on one line, nothing left out that a reader of journals goes by; the story began at `begins`. */
export function recordLine(record: JournalRecord, begins?: number): string {
  return `${String(record.seq).padStart(3)}  ${record.kind.padEnd(9)} ${wordsOf(record, begins)}`.trimEnd();
}

function wordsOf(record: JournalRecord, begins?: number): string {
  switch (record.kind) {
    case 'asked':
      return `${record.step} in ${record.state}`;
    case 'answered':
      return `${record.step} (${record.to}): ${answerWords(record.answer)}`;
    case 'act':
      // The order was written by this house.
      return `${record.instance}: ${spelled(record.order as Order)}`;
    case 'acted':
      return `(${record.of}): ${record.outcome}${record.because === null ? '' : `, ${record.because}`}`;
    case 'publish':
      return `${record.primary ?? 'nobody'} in place of ${record.before ?? 'nobody'}`;
    case 'published':
      return `(${record.of}): ${record.outcome}${record.because === null ? '' : `, ${record.because}`}`;
    case 'stage':
      return `${record.stage}: ${record.hooks.length} to run`;
    case 'hook':
      return `${record.stage} ${record.index + 1} of ${record.of}, attempt ${record.attempt}`;
    case 'hooked':
      return `(${record.run}): ${toldOutcome(record.outcome)}${record.class === 'ok' ? '' : `; ${record.class}`}`;
    case 'command':
      return `${record.name}: ${record.command}`;
    case 'commanded':
      return `(${record.run}): ${toldOutcome(record.outcome)}`;
    case 'awaiting':
      return `(${record.run}): until ${moment(record.deadline, begins)}`;
    case 'approved':
      return `(${record.run}): ${record.answer} by ${record.who}: ${record.why}`;
    case 'timer':
    case 'fired':
      return record.id;
    case 'said':
      return `${record.event} by ${record.who}: ${record.why}`;
    case 'resumed':
      return record.because;
    case 'abandoned':
      return `${record.step} (${record.to}): ${record.because}`;
    case 'ended':
      return record.state;
  }
}

function answerWords(answer: Answer): string {
  if (answer.kind !== 'ok') return `${answer.kind} ${answer.code}, ${answer.because}`;
  const because = (answer.value as { because?: unknown } | null)?.because;
  return typeof because === 'string' ? because : 'ok';
}
