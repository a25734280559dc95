import type Database from 'libsql';
import { z } from 'zod';
import type { Extent, Part, StoredRun } from './archive.ts';
import { rowsOf } from './sqlite-rows.ts';
import { asOpening, written } from './written.ts';

const Record = z.looseObject({ seq: z.number(), at: z.number(), token: z.number(), kind: z.string() });
const End = z.looseObject({ at: z.number() });

/** The verbs that fill the tables with another journal. `finish` is the last; before it the file is no journal. */
export function fillingIn(database: Database.Database) {
  const all = rowsOf(database);
  const anything = all(
    'select 1 from run union all select 1 from anchor union all select 1 from kept limit 1',
  );
  const insertRun = all('insert into run values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertRecord = all('insert into record values (?, ?, ?, ?, ?, ?, ?)');
  const insertAnchor = all('insert into anchor values (?, ?, ?, ?, ?)');
  const insertFact = all('insert into kept values (?, ?, ?)');
  const setCounter = all('insert or replace into counter values (?, ?)');
  const dropCounter = all('delete from counter where name = ?');
  const lastToken = all<{ token: number | null }>(
    'select max(token) as token from (select token from run union all select token from record)',
  );

  function putRun({ number, uid, opening, seal, records, lastSeal, end, acknowledged }: StoredRun): void {
    const { workflow, digest, subject, exclusive, input, at, token } = asOpening(opening);
    const claim = [uid, workflow, digest, subject, Number(exclusive), written(input), at, token];
    const { at: endedAt = null, ...ended } = end === null ? {} : End.parse(end);
    const ack = acknowledged === null ? null : written(acknowledged);
    insertRun(number, ...claim, endedAt, endedAt === null ? null : written(ended), ack, seal, lastSeal);
    for (const one of records) {
      const { seq, at: when, token: whose, ...entry } = Record.parse(one.record);
      insertRecord(uid, seq, when, whose, entry.kind, written(entry), one.seal);
    }
  }

  function putOne(part: Part): void {
    if (part.kind === 'run') {
      putRun(part.run);
    } else if (part.kind === 'fact') {
      const { room, name, value } = part.fact;
      insertFact(room, name, written(value));
    } else {
      const { seq, at, token, ends, seal } = part.anchor;
      insertAnchor(seq, at, token, written(ends), seal);
    }
  }

  return {
    isEmpty: () => anything().length === 0,
    put(parts: readonly Part[]): void {
      setCounter('filling', 1);
      parts.forEach(putOne);
    },
    finish({ runs, anchors }: Extent): void {
      setCounter('run', runs);
      setCounter('anchor', anchors);
      setCounter('token', lastToken()[0]?.token ?? 0);
      dropCounter('filling');
    },
  };
}
