import type { Journal, Opening } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';

/** Somebody who is told what has been written, when it is on disk. What they throw would harm a recovery, so they throw nothing. */
export interface Hearer {
  opened(opening: Opening): void;
  appended(uid: string, record: JournalRecord): void;
}

/** The same journal, whose writing is heard. */
export function heardJournal<J extends Journal>(journal: J, hearers: readonly Hearer[]): J {
  const heard: Pick<Journal, 'open' | 'append'> = {
    async open(opening) {
      const opened = await journal.open(opening);
      if (opened.opened) for (const hearer of hearers) hearer.opened(opening);
      return opened;
    },
    async append(uid, entry, at, token) {
      const record = await journal.append(uid, entry, at, token);
      for (const hearer of hearers) hearer.appended(uid, record);
      return record;
    },
  };
  return new Proxy(journal, {
    get(target, name) {
      if (name === 'open' || name === 'append') return heard[name];
      const value: unknown = Reflect.get(target, name, target);
      // A store has private fields, which are reached by itself only.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
