/**
 * Where things stand in etcd, below one prefix. Numbers of runs count down, so that the newest comes
 * first where etcd gives keys in their order, which is the only order that costs it nothing.
 *
 *     leader                          who leads; its lease is the leader's, its create revision the token
 *     run/UID                         {opening, number}
 *     end/UID, ack/UID                how it ended; who has seen that
 *     open/NUMBER                     the uid of a run that has not ended
 *     claim/SUBJECT                   the uid of the run that holds it alone
 *     record/UID/SEQ                  a record
 *     all/NUMBER, kind/WORKFLOW/NUMBER, about/SUBJECT/NUMBER, of/SUBJECT/WORKFLOW/NUMBER    the uid, to find it by
 *     kept/ROOM/NAME                  a small fact
 */
export function keysBelow(prefix: string) {
  const key = (...words: readonly string[]) => prefix + words.map(encodeURIComponent).join('/');
  return {
    leader: key('leader'),
    run: (uid: string) => key('run', uid),
    end: (uid: string) => key('end', uid),
    acknowledged: (uid: string) => key('ack', uid),
    open: (number: number) => key('open', ascending(number)),
    everyOpen: key('open', ''),
    claim: (subject: string) => key('claim', subject),
    record: (uid: string, seq: number) => key('record', uid, ascending(seq)),
    records: (uid: string) => key('record', uid, ''),
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
    everyKept: (room: string) => key('kept', room, ''),
  };
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

/** The name in a key of a small fact. */
export function nameIn(key: string): string {
  return decodeURIComponent(key.slice(key.lastIndexOf('/') + 1));
}
