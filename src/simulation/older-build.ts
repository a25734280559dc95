import type { SoleJournal } from '../engine/ports.ts';
import type { JournalRecord } from '../engine/record.ts';

/** A journal whose runs were partly written by an older build of Baton. */
export interface AgeingJournal extends SoleJournal {
  /** Whatever unfinished runs hold by now was written by a build that called `step` otherwise. */
  age(step: string, thenCalled: string): Promise<void>;
}

export function ageing(journal: SoleJournal): AgeingJournal {
  const aged = new Map<
    string,
    { readonly records: number; readonly step: string; readonly thenCalled: string }
  >();
  return {
    ...journal,
    async age(step, thenCalled) {
      for (const { uid } of await journal.unfinished()) {
        const records = (await journal.read(uid))?.records.length ?? 0;
        aged.set(uid, { records, step, thenCalled });
      }
    },
    async read(uid) {
      const [run, age] = [await journal.read(uid), aged.get(uid)];
      if (run === null || age === undefined) return run;
      const asThen = (record: JournalRecord): JournalRecord =>
        'step' in record && record.step === age.step && record.seq <= age.records
          ? { ...record, step: age.thenCalled }
          : record;
      return { ...run, records: run.records.map(asThen) };
    },
  };
}
