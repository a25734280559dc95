import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArchivedJournal } from '../../src/journal/archive.ts';
import { builtTwin } from '../../src/process/built.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { anOpening, ended, fired, promisesOfAJournal } from './contract.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-journal-'));
  file = join(folder, 'baton.sqlite');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

promisesOfAJournal(async () => ({ journal: await openSqliteJournal({ file }), token: 1 }));

/** Opens the file for as long as `use` takes. */
async function during<Result>(use: (journal: ArchivedJournal) => Promise<Result>): Promise<Result> {
  const journal = await openSqliteJournal({ file });
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
}

/** A process that appends to the run 1:aa, and kills itself at the moment the journal says that this is done. */
function appender(...counts: string[]) {
  const script = fileURLToPath(builtTwin(new URL('../processes/append-and-die.ts', import.meta.url).href));
  return runProgram(process.execPath, [script, file, ...counts], { timeoutMs: 15_000 });
}

describe('a journal in a file', () => {
  it('is as it was when it is opened again', async () => {
    const before = await during(async (journal) => {
      await journal.open(anOpening());
      await journal.append('1:aa', ended, 2_000, 1);
      await journal.keep('flags', 'disabled', true);
      return [await journal.read('1:aa'), await journal.list({ limit: 9 }), await journal.kept('flags')];
    });
    const after = await during(async (journal) => [
      await journal.read('1:aa'),
      await journal.list({ limit: 9 }),
      await journal.kept('flags'),
    ]);
    expect(after).toEqual(before);
  });

  it('gives larger tokens after it was opened again', async () => {
    const first = await during((journal) => journal.nextToken());
    expect(await during((journal) => journal.nextToken())).toBeGreaterThan(first);
  });

  it('has every record that it said it has, when its process is killed at that moment', async () => {
    await during((journal) => journal.open(anOpening()));
    for (const round of [1, 2, 3]) {
      const { stdout } = await appender('4');
      expect(stdout).toBe(String(round * 4));
      const kept = await during((journal) => journal.read('1:aa'));
      expect(kept?.records.map(({ seq }) => seq)).toEqual(
        Array.from({ length: round * 4 }, (_, index) => index + 1),
      );
    }
  });

  it('answers what was asked before it is closed', async () => {
    const asked = await during(async (journal) => {
      await journal.open(anOpening());
      return Array.from({ length: 20 }, () => journal.append('1:aa', fired, 1, 1));
    });
    expect((await Promise.all(asked)).at(-1)?.seq).toBe(20);
    expect((await during((journal) => journal.read('1:aa')))?.records).toHaveLength(20);
  });

  it('takes nothing after it was closed', async () => {
    const journal = await openSqliteJournal({ file });
    await journal.close();
    await journal.close();
    await expect(journal.nextToken()).rejects.toMatchObject({ code: 'journal-broken' });
  });

  it('is readable by its owner alone, for hooks may carry secrets', async () => {
    await during(async () => {
      for (const name of await readdir(folder))
        expect([name, (await stat(join(folder, name))).mode & 0o777]).toEqual([name, 0o600]);
    });
  });
});

describe('a second opener', () => {
  it('is refused and told who holds the file, be it new or old, used or not', async () => {
    await during(async () => {
      await expect(openSqliteJournal({ file })).rejects.toMatchObject({ code: 'journal-busy' });
    });
    await during(async () => {
      await expect(openSqliteJournal({ file })).rejects.toThrow(
        `${file} is in use by process ${process.pid} on ${hostname()}, since 20`,
      );
    });
  });

  it('is refused from another process too, and harms nothing', async () => {
    await during(async (journal) => {
      await journal.open(anOpening());
      expect((await appender('1')).stderr).toContain('journal-busy');
      expect((await journal.append('1:aa', fired, 1, 1)).seq).toBe(1);
    });
  });

  it('is refused even where nothing says who holds the file', async () => {
    await during(async () => {
      await writeFile(`${file}.owner`, 'scribble');
      await expect(openSqliteJournal({ file })).rejects.toThrow(`${file} is in use by another process`);
    });
  });

  it('is let in after the first was closed, or killed', async () => {
    await during((journal) => journal.open(anOpening()));
    expect(await readdir(folder)).toEqual(['baton.sqlite']);
    await appender('1');
    expect(await readdir(folder)).toContain('baton.sqlite.owner');
    await during((journal) => journal.append('1:aa', fired, 1, 1));
  });
});

describe('a file that is of no use', () => {
  const refusal = (path: string) =>
    openSqliteJournal({ file: path }).then(
      () => 'was opened',
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );

  it('is named when it is no database', async () => {
    await writeFile(file, 'MySQLTopologyUser = orchestrator\n'.repeat(100));
    expect(await refusal(file)).toBe(`journal-broken: ${file} cannot be used: it is no database`);
    expect(await readFile(file, 'utf8')).toContain('MySQLTopologyUser');
  });

  it('is named when it belongs to another program, and is left as it was', async () => {
    const other = new Database(file);
    other.exec('create table topology_recovery (recovery_id integer)');
    other.close();
    const before = await readFile(file);
    expect(await refusal(file)).toBe(
      `journal-broken: ${file} cannot be used: it is a database of another program`,
    );
    expect(await readFile(file)).toEqual(before);
  });

  it('is named when a newer Baton has written it', async () => {
    await during(async () => {});
    const newer = new Database(file);
    newer.exec('pragma user_version = 99');
    newer.close();
    expect(await refusal(file)).toBe(
      `journal-broken: ${file} cannot be used: it was written by another Baton (schema 99; this one knows 3)`,
    );
  });

  it('is named when its folder is missing, takes no files, or is itself', async () => {
    expect(await refusal(join(folder, 'no', 'baton.sqlite'))).toContain(
      `its folder ${join(folder, 'no')} does not exist`,
    );
    expect(await refusal('/proc/baton.sqlite')).toMatch(
      /^journal-broken: \/proc\/baton.sqlite cannot be used/,
    );
    expect(await refusal(folder)).toBe(`journal-broken: ${folder} cannot be used: it is no file`);
  });

  it('is named when it was damaged, at the latest when the damage is met', async () => {
    await during(async (journal) => {
      await journal.open(anOpening());
      const long = { kind: 'said', event: 'cancel', who: 'anna', why: 'x'.repeat(20_000) } as const;
      for (let index = 0; index < 10; index += 1) await journal.append('1:aa', long, 1, 1);
    });
    const { size } = await stat(file);
    const disk = await open(file, 'r+');
    await disk.write(Buffer.alloc(size - 4_096, 0xff), 0, size - 4_096, 4_096);
    await disk.close();
    await expect(during((journal) => journal.read('1:aa'))).rejects.toMatchObject({
      code: 'journal-broken',
      message: expect.stringContaining(file),
    });
  });

  it('is named when a record in it cannot be understood', async () => {
    await during(async (journal) => {
      await journal.open(anOpening());
      await journal.append('1:aa', fired, 1, 1);
    });
    const hand = new Database(file);
    hand.exec(`update record set body = '{"kind":"prophesied"}'`);
    hand.close();
    await expect(during((journal) => journal.read('1:aa'))).rejects.toMatchObject({
      code: 'journal-broken',
      message: expect.stringContaining(`${file}: an entry of the journal makes no sense at "kind": `),
    });
  });
});
