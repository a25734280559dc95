import { spoken } from '../kernel/duration.ts';

/** What of a recovery its summary is made of, as the API reports it. */
export interface Concluded {
  readonly kind: string;
  readonly cluster: string;
  readonly failed: string;
  readonly code: string;
  readonly state: string;
  readonly sentence: string;
  readonly successor: string | null;
  readonly reason: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly dataVerdict: { readonly because: string } | null;
  readonly asked: { readonly who: string; readonly why: string } | null;
}

const wellEnded: ReadonlySet<string> = new Set([
  'recovered',
  'takenOver',
  'relocated',
  'mended',
  'notNeeded',
  'done',
  'rejoined',
]);

/** How it came out: well, badly, or not yet. */
export function outcomeOf({
  state,
  endedAt,
}: Pick<Concluded, 'state' | 'endedAt'>): 'good' | 'bad' | 'under way' {
  if (endedAt === null) return 'under way';
  return wellEnded.has(state) ? 'good' : 'bad';
}

/** What happened, in a line: `DeadMaster of db1:3306`, `takeover of db1:3306`. */
export function headline({ kind, code, failed }: Pick<Concluded, 'kind' | 'code' | 'failed'>): string {
  return `${kind === 'takeover' ? 'takeover' : code} of ${failed}`;
}

/** For whoever was not there: what failed, what was done, how long it took, what it has cost. */
export function summaryOf(recovery: Concluded): readonly string[] {
  const { cluster, failed, successor, startedAt, endedAt, dataVerdict, asked } = recovery;
  const began =
    asked === null
      ? `${failed}, of the cluster ${cluster}, was found failing (${recovery.code}).`
      : `${asked.who} asked for this ${recovery.kind} of ${failed}, of the cluster ${cluster}: ${asked.why}`;
  const took = endedAt === null ? null : spoken(Date.parse(endedAt) - Date.parse(startedAt));
  return [
    began,
    conclusion(recovery),
    ...(took === null ? [] : [`From its beginning to its end it took ${took}.`]),
    ...(successor === null && dataVerdict === null
      ? []
      : [`The data: ${dataVerdict === null ? 'nobody has judged what it has cost' : dataVerdict.because}.`]),
  ];
}

function conclusion({ state, sentence, successor, reason }: Concluded): string {
  const served = successor === null ? sentence : `${successor} serves now. ${sentence}`;
  return reason === null || state === 'under way' ? served : `${served} ${reason}.`;
}
