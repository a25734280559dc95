/**
 * Where things stand in etcd, below one prefix. Numbers of runs count down, so that the newest comes
 * first where etcd gives keys in their order, which is the only order that costs it nothing.
 *
 *     leader                          who leads; its lease is the leader's, its create revision the token
 *     run/UID                         {opening, number, seal}
 *     end/UID, ack/UID                how it ended; who has seen that
 *     open/NUMBER                     the uid of a run that has not ended
 *     claim/SUBJECT                   the uid of the run that holds it alone
 *     record/UID/SEQ                  a record, and its seal
 *     last/UID                        the seal of the last record
 *     number/NUMBER                   the uid of a run
 *     anchor/SEQ                      the seals of runs that were left out
 *     counted/runs, counted/anchors   how many there have been
 *     all/NUMBER, kind/WORKFLOW/NUMBER, about/SUBJECT/NUMBER, of/SUBJECT/WORKFLOW/NUMBER    the uid, to find it by
 *     kept/ROOM/NAME                  a small fact
 */
export function keysBelow(prefix: string) {
  const key = (...words: readonly string[]) => prefix + words.map(encodeURIComponent).join('/');
  const keys = {
    leader: key('leader'),
    run: (uid: string) => key('run', uid),
    end: (uid: string) => key('end', uid),
    acknowledged: (uid: string) => key('ack', uid),
    open: (number: number) => key('open', ascending(number)),
    everyOpen: key('open', ''),
    claim: (subject: string) => key('claim', subject),
    record: (uid: string, seq: number) => key('record', uid, ascending(seq)),
    records: (uid: string) => key('record', uid, ''),
    last: (uid: string) => key('last', uid),
    number: (number: number) => key('number', ascending(number)),
    everyNumber: key('number', ''),
    anchor: (seq: number) => key('anchor', ascending(seq)),
    everyAnchor: key('anchor', ''),
    counted: (what: 'runs' | 'anchors') => key('counted', what),
    all: (number: number) => key('all', descending(number)),
    everyRun: key('all', ''),
    kind: (workflow: string, number: number) => key('kind', workflow, descending(number)),
    everyOfKind: (workflow: string) => key('kind', workflow, ''),
    of: (subject: string, workflow: string, number: number) =>
      key('of', subject, workflow, descending(number)),
    everyOf: (subject: string, workflow: string) => key('of', subject, workflow, ''),
    about: (subject: string, number: number) => key('about', subject, descending(number)),
    everyAbout: (subject: string) => key('about', subject, ''),
    kept: (room: string, name: string) => key('kept', room, name),
    everyFact: key('kept', ''),
    everyKept: (room: string) => key('kept', room, ''),
  };
  return {
    ...keys,
    /** By which a run is found, the newest first. */
    places: ({ uid, workflow, subject, number }: Placed) => [
      { key: keys.number(number), value: uid },
      { key: keys.all(number), value: uid },
      { key: keys.kind(workflow, number), value: uid },
      { key: keys.about(subject, number), value: uid },
      { key: keys.of(subject, workflow, number), value: uid },
    ],
  };
}

/** What places a run among the others. */
export interface Placed {
  readonly uid: string;
  readonly workflow: string;
  readonly subject: string;
  readonly number: number;
}

export type Keys = ReturnType<typeof keysBelow>;

const digits = 12;
const most = 10 ** digits - 1;

function ascending(number: number): string {
  return String(number).padStart(digits, '0');
}

function descending(number: number): string {
  return ascending(most - number);
}

/** The number in a key that counts down. */
export function numberIn(key: string): number {
  return most - Number(key.slice(-digits));
}

/** The room and the name in a key of a small fact. */
export function factIn(key: string): { readonly room: string; readonly name: string } {
  const [room = '', name = ''] = key.split('/').slice(-2).map(decodeURIComponent);
  return { room, name };
}
