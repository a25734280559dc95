import { told } from '../engine/telling.ts';
import { type Incident, sequenceOf, type Told } from './incident.ts';

/** One line of the timeline: a record that has something to say. */
export interface Row {
  /** How many records had been written with it: the moment that it leads to. */
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly workflow: string;
  /** Who speaks: the observers, the machine and its steps, a hook, a server that was changed, a person. */
  readonly by: 'observers' | 'steps' | 'hooks' | 'servers' | 'people';
  readonly sentence: string;
  /** The state that it is about; null where it is about none of its own. */
  readonly state: string | null;
  /** Something that went wrong or said no. */
  readonly isBad: boolean;
}

/** The timeline of an incident, from the first suspicion to the last hook. */
export function rowsOf(incident: Incident): readonly Row[] {
  return sequenceOf(incident).flatMap((one, place) => {
    const sentence = told(one.record, one.run.records);
    return sentence === null ? [] : [{ count: place + 1, sentence, ...aboutOf(one) }];
  });
}

function aboutOf({ run, record }: Told): Omit<Row, 'count' | 'sentence'> {
  return {
    at: record.at,
    workflow: run.workflow,
    by: speakerOf({ run, record }),
    state: record.kind === 'asked' || record.kind === 'ended' ? record.state : null,
    isBad: isBad(record),
  };
}

/** Steps by which somebody looks and nothing is changed: their answers are what observers say. */
const looks: ReadonlySet<string> = new Set(['corroborate', 'ask', 'confirm', 'verify']);

function speakerOf({ record }: Told): Row['by'] {
  switch (record.kind) {
    case 'hook':
    case 'hooked':
    case 'stage':
    case 'command':
    case 'commanded':
    case 'awaiting':
      return 'hooks';
    case 'act':
    case 'acted':
    case 'publish':
    case 'published':
      return 'servers';
    case 'said':
    case 'approved':
    case 'resumed':
      return 'people';
    case 'answered':
      return looks.has(record.step) ? 'observers' : 'steps';
    default:
      return 'steps';
  }
}

function isBad(record: Told['record']): boolean {
  switch (record.kind) {
    case 'answered':
      return record.answer.kind !== 'ok';
    case 'hooked':
      return record.class !== 'ok';
    case 'commanded':
      return record.outcome.exitCode !== 0;
    case 'acted':
    case 'published':
      return record.outcome === 'failed';
    case 'abandoned':
    case 'awaiting':
      return true;
    default:
      return false;
  }
}
