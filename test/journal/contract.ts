import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal, Opening } from '../../src/engine/ports.ts';
import type { Entry } from '../../src/engine/record.ts';
import type { Archive } from '../../src/journal/archive.ts';
import { sealOfOpening, sealOfRecord } from '../../src/journal/chain.ts';
import { partsOf, type Verified, verify } from '../../src/journal/verify.ts';

/** An opening of a recovery of the cluster `shop`, but for what a test says otherwise. */
export function anOpening(changes: Partial<Opening> = {}): Opening {
  return {
    uid: '1:aa',
    workflow: 'recovery',
    digest: 'd1',
    subject: 'shop',
    exclusive: true,
    input: { failed: 'db1:3306', replicas: ['db2:3306'] },
    at: 1_000,
    token: 1,
    ...changes,
  };
}

export const fired: Entry = { kind: 'fired', id: 'patience' };
export const ended: Entry = {
  kind: 'ended',
  state: 'recovered',
  sentence: 'A successor serves the cluster.',
  output: { successor: 'db2:3306' },
};

/** A journal to try, and the token of the leadership under which it is written to. */
export interface Tried {
  readonly journal: Journal & Archive;
  readonly token: number;
}

/** What a look through all of a journal says of it. */
export function verified(journal: Archive): Promise<Verified> {
  return verify(partsOf(journal));
}

/** What every journal promises. A store is finished when this passes on it. */
export function promisesOfAJournal(open: () => Promise<Tried>): void {
  describe('a journal', () => {
    let journal: Journal & Archive;
    let token: number;
    beforeEach(async () => {
      ({ journal, token } = await open());
    });
    afterEach(async () => {
      await journal.close();
    });

    const began = (changes: Partial<Opening> = {}) => journal.open(anOpening({ token, ...changes }));
    const endAt = (uid: string, at: number) => journal.append(uid, ended, at, token);
    const opening = (changes: Partial<Opening> = {}) => anOpening({ token, ...changes });

    describe('of claims', () => {
      it('gives a cluster to one recovery at a time', async () => {
        expect(await began()).toEqual({ opened: true });
        expect(await began({ uid: '2:bb' })).toEqual({
          opened: false,
          by: '1:aa',
        });
      });

      it('lets claims that race have one winner', async () => {
        const uids = ['1:aa', '2:bb', '3:cc', '4:dd', '5:ee'];
        const claims = await Promise.all(uids.map((uid) => began({ uid })));
        expect(claims.filter(({ opened }) => opened)).toHaveLength(1);
        expect(await journal.unfinished()).toHaveLength(1);
      });

      it('lets every claim of every race have one winner, however claims, ends and records come between one another', async () => {
        const subjects = ['shop', 'billing', 'search'];
        const Step = fc.record({
          subject: fc.constantFrom(...subjects),
          what: fc.constantFrom('claim', 'claim', 'record', 'end'),
          together: fc.boolean(),
        });
        let count = 0;
        await fc.assert(
          fc.asyncProperty(fc.array(Step, { minLength: 5, maxLength: 25 }), async (steps) => {
            const under: Promise<unknown>[] = [];
            const winners: string[] = [];
            const claim = async (subject: string) => {
              count += 1;
              const uid = `${count}:race`;
              if ((await began({ uid, subject })).opened) winners.push(uid);
            };
            for (const { subject, what, together } of steps) {
              const holder = (await journal.unfinished()).find((one) => one.subject === subject)?.uid;
              if (what === 'claim') under.push(claim(subject));
              else if (holder !== undefined)
                under.push(
                  journal.append(holder, what === 'end' ? ended : fired, count, token).catch(() => {}),
                );
              if (!together) await Promise.all(under.splice(0));
              const held = (await journal.unfinished()).map((one) => one.subject);
              expect(held).toEqual([...new Set(held)]);
            }
            await Promise.all(under);
            for (const { uid } of await journal.unfinished()) {
              expect(winners).toContain(uid);
              await endAt(uid, 9_000);
            }
          }),
          { numRuns: 15 },
        );
        expect((await verified(journal)).faults).toEqual([]);
      });

      it('opens the same run again without changing anything', async () => {
        await began();
        await journal.append('1:aa', fired, 1_001, token);
        expect(await began({ input: 'another', at: 9_999 })).toEqual({ opened: true });
        const kept = await journal.read('1:aa');
        expect(kept?.opening).toEqual(opening());
        expect(kept?.records).toHaveLength(1);
      });

      it('opens the same run again even when it has ended', async () => {
        await began();
        await endAt('1:aa', 2_000);
        expect(await began()).toEqual({ opened: true });
        expect(await journal.unfinished()).toEqual([]);
      });

      it('frees a cluster with the end of its recovery, whatever that was: how it ended is for the gates to weigh', async () => {
        await began();
        await endAt('1:aa', 2_000);
        expect(await began({ uid: '2:bb', at: 2_000 })).toEqual({ opened: true });
      });

      it('does not let one cluster wait for another', async () => {
        await began();
        expect(await began({ uid: '2:bb', subject: 'billing' })).toEqual({ opened: true });
      });

      it('lets runs that hold nothing begin whenever they like, and stand in nobody’s way', async () => {
        expect(await began({ exclusive: false })).toEqual({ opened: true });
        expect(await began({ uid: '2:bb' })).toEqual({ opened: true });
        expect(await began({ uid: '3:cc', exclusive: false })).toEqual({ opened: true });
        await endAt('1:aa', 2_000);
        await endAt('2:bb', 2_000);
        await journal.acknowledge('2:bb', 'anna', 'seen', 2_100);
        expect(await began({ uid: '4:dd', at: 2_200 })).toEqual({ opened: true });
      });
    });

    describe('of records', () => {
      it('gives back what was opened and appended, in its order, counted from 1', async () => {
        const asked: Entry = {
          kind: 'asked',
          step: 'confirm',
          state: 'preFailover.confirming',
          sentence: 'Ask again.',
          input: { words: 'it’s\n"quoted" \\ ✓', deep: [{ nothing: null }] },
        };
        await began();
        const first = await journal.append('1:aa', asked, 1_001, token);
        const second = await journal.append('1:aa', fired, 1_002, token);
        expect(first).toEqual({ ...asked, seq: 1, at: 1_001, token });
        expect(second).toEqual({ ...fired, seq: 2, at: 1_002, token });
        expect(await journal.read('1:aa')).toEqual({ opening: opening(), records: [first, second] });
      });

      it('leaves no hole and no double where many append at once', async () => {
        await began();
        await began({ uid: '2:bb', subject: 'billing' });
        const seqs = await Promise.all(
          Array.from({ length: 50 }, async (_, number) => {
            const uid = number % 2 === 0 ? '1:aa' : '2:bb';
            return (await journal.append(uid, fired, 1_000 + number, token)).seq;
          }),
        );
        const oneTo25 = Array.from({ length: 25 }, (_, number) => number + 1);
        expect(seqs.filter((_, number) => number % 2 === 0)).toEqual(oneTo25);
        expect((await journal.read('2:bb'))?.records.map(({ seq }) => seq)).toEqual(oneTo25);
      });

      it('gives out nothing by which what it keeps could be changed', async () => {
        const input = { replicas: ['db2:3306'] };
        await began({ input });
        input.replicas.push('db3:3306');
        expect((await journal.read('1:aa'))?.opening.input).toEqual({ replicas: ['db2:3306'] });
      });

      it('refuses records for a run that it does not know', async () => {
        await expect(journal.append('9:zz', fired, 1, token)).rejects.toMatchObject({ code: 'run-unknown' });
        expect(await journal.read('9:zz')).toBeNull();
      });

      it('takes no more records once a run has ended', async () => {
        await began();
        await endAt('1:aa', 2_000);
        await expect(endAt('1:aa', 2_001)).rejects.toMatchObject({ code: 'run-ended' });
        expect((await journal.read('1:aa'))?.records).toHaveLength(1);
      });

      it('takes what a hook that was left behind has to say after the end', async () => {
        await began();
        await endAt('1:aa', 2_000);
        const outcome = {
          ended: 'exited',
          exitCode: 0,
          signal: null,
          tookMs: 1,
          output: '',
          because: null,
        } as const;
        await journal.append('1:aa', { kind: 'hooked', run: 1, outcome, class: 'ok' }, 3_000, token);
        expect((await journal.read('1:aa'))?.records.map(({ kind }) => kind)).toEqual(['ended', 'hooked']);
        expect((await journal.list({ limit: 1 }))[0]).toMatchObject({
          endedAt: 2_000,
          end: { state: 'recovered' },
        });
      });

      it('refuses one record without harm to those that came with it', async () => {
        await began();
        const [first, refused, second] = await Promise.allSettled([
          journal.append('1:aa', fired, 1, token),
          journal.append('9:zz', fired, 2, token),
          journal.append('1:aa', fired, 3, token),
        ]);
        expect([first.status, refused.status, second.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect((await journal.read('1:aa'))?.records.map(({ at }) => at)).toEqual([1, 3]);
      });

      it('writes nothing that it could not read again', async () => {
        await began();
        const lost: Entry = { kind: 'ended', state: 'recovered', sentence: 'Done.', output: undefined };
        await expect(journal.append('1:aa', lost, 1, token)).rejects.toThrow('output');
        expect((await journal.read('1:aa'))?.records).toEqual([]);
      });
    });

    describe('of runs', () => {
      it('knows which runs have not ended, oldest first', async () => {
        await began({ uid: '3:cc', subject: 'a' });
        await began({ uid: '1:aa', subject: 'b' });
        await began({ uid: '2:bb', subject: 'c' });
        await endAt('1:aa', 2_000);
        const unfinished = await journal.unfinished();
        expect(unfinished.map(({ uid }) => uid)).toEqual(['3:cc', '2:bb']);
        expect(unfinished[0]).toEqual(opening({ uid: '3:cc', subject: 'a' }));
      });

      it('lists them newest first, of one workflow or one cluster if so asked', async () => {
        await began({ uid: '1:aa', subject: 'a' });
        await began({ uid: '2:bb', subject: 'a', workflow: 'detection', exclusive: false });
        await began({ uid: '3:cc', subject: 'b' });
        const uids = async (query: Parameters<Journal['list']>[0]) =>
          (await journal.list(query)).map(({ opening }) => opening.uid);
        expect(await uids({ limit: 10 })).toEqual(['3:cc', '2:bb', '1:aa']);
        expect(await uids({ limit: 2 })).toEqual(['3:cc', '2:bb']);
        expect(await uids({ workflow: 'recovery', limit: 10 })).toEqual(['3:cc', '1:aa']);
        expect(await uids({ subject: 'a', limit: 10 })).toEqual(['2:bb', '1:aa']);
        expect(await uids({ workflow: 'recovery', subject: 'a', limit: 10 })).toEqual(['1:aa']);
      });

      it('says how a run ended and who has acknowledged it', async () => {
        await began();
        expect(await journal.list({ limit: 1 })).toEqual([
          { opening: opening(), endedAt: null, end: null, acknowledged: null },
        ]);
        await endAt('1:aa', 2_000);
        await journal.acknowledge('1:aa', 'anna', 'seen', 3_000);
        expect(await journal.list({ limit: 1 })).toEqual([
          {
            opening: opening(),
            endedAt: 2_000,
            end: {
              state: 'recovered',
              sentence: 'A successor serves the cluster.',
              output: { successor: 'db2:3306' },
            },
            acknowledged: { by: 'anna', why: 'seen', at: 3_000 },
          },
        ]);
      });

      it('keeps the first acknowledgement', async () => {
        await began();
        await endAt('1:aa', 2_000);
        await journal.acknowledge('1:aa', 'anna', 'seen', 3_000);
        await journal.acknowledge('1:aa', 'bert', 'seen too', 4_000);
        expect((await journal.list({ limit: 1 }))[0]?.acknowledged?.by).toBe('anna');
      });

      it('has nothing to acknowledge before the end', async () => {
        await began();
        await expect(journal.acknowledge('1:aa', 'anna', 'why', 1)).rejects.toMatchObject({
          code: 'run-active',
        });
        await expect(journal.acknowledge('9:zz', 'anna', 'why', 1)).rejects.toMatchObject({
          code: 'run-unknown',
        });
      });
    });

    describe('of seals', () => {
      it('seals openings and records, each over the one before, whoever appends at once', async () => {
        await began();
        await began({ uid: '2:bb', subject: 'billing' });
        await Promise.all(
          Array.from({ length: 20 }, (_, number) =>
            journal.append(number % 2 === 0 ? '1:aa' : '2:bb', fired, 1_000 + number, token),
          ),
        );
        await endAt('1:aa', 2_000);
        const [first, second] = await journal.stored(0, 10);
        expect(first).toMatchObject({ number: 1, uid: '1:aa', opening: opening(), end: { at: 2_000 } });
        expect(second?.records).toHaveLength(10);
        expect(new Set(first?.records.map(({ seal }) => seal)).size).toBe(11);
        expect(first?.records.at(-1)?.seal).toBe(first?.lastSeal);
        expect(await verified(journal)).toEqual({ runs: 2, records: 21, anchors: 0, leftOut: 0, faults: [] });
      });

      it('seals the same in every kind of store', async () => {
        await began();
        const [bare] = await journal.stored(0, 1);
        expect(bare?.seal).toBe(sealOfOpening(1, opening()));
        expect(bare?.lastSeal).toBe(bare?.seal);
        const record = await journal.append('1:aa', fired, 1_001, token);
        const [run] = await journal.stored(0, 1);
        expect(run?.lastSeal).toBe(sealOfRecord(sealOfOpening(1, opening()), record));
      });

      it('gives its runs page by page, in the order of their numbers', async () => {
        for (let number = 1; number <= 5; number += 1) await began({ uid: `${number}:aa`, exclusive: false });
        const numbers = async (after: number, limit: number) =>
          (await journal.stored(after, limit)).map((run) => run.number);
        expect(await numbers(0, 2)).toEqual([1, 2]);
        expect(await numbers(2, 9)).toEqual([3, 4, 5]);
        expect(await numbers(5, 9)).toEqual([]);
        expect(await journal.extent()).toEqual({ runs: 5, anchors: 0 });
        await endAt('4:aa', 2_000);
        const { workflow, subject, at } = opening();
        expect(await journal.heads(2, 2)).toEqual([
          { number: 3, uid: '3:aa', workflow, subject, at, endedAt: null },
          { number: 4, uid: '4:aa', workflow, subject, at, endedAt: 2_000 },
        ]);
      });
    });

    describe('of what is left out', () => {
      const beganAndEnded = async (uid: string, changes: Partial<Opening> = {}) => {
        await began({ uid, ...changes });
        await endAt(uid, 2_000);
      };

      it('keeps the last seal of each run in an anchor, and nothing else of it', async () => {
        for (const uid of ['1:aa', '2:bb', '3:cc']) await beganAndEnded(uid);
        const [first, second] = await journal.stored(0, 2);
        await journal.leaveOut(['1:aa', '2:bb'], 3_000, token);
        expect(await journal.anchors(0, 9)).toMatchObject([
          {
            seq: 1,
            at: 3_000,
            token,
            ends: [
              { number: 1, seal: first?.lastSeal },
              { number: 2, seal: second?.lastSeal },
            ],
          },
        ]);
        expect(await journal.read('1:aa')).toBeNull();
        expect((await journal.list({ limit: 9 })).map((run) => run.opening.uid)).toEqual(['3:cc']);
        expect((await journal.list({ workflow: 'recovery', subject: 'shop', limit: 9 })).length).toBe(1);
        expect(await verified(journal)).toMatchObject({ runs: 1, anchors: 1, leftOut: 2, faults: [] });
      });

      it('chains the anchors, and gives no number twice', async () => {
        await beganAndEnded('1:aa');
        await journal.leaveOut(['1:aa'], 3_000, token);
        await beganAndEnded('2:bb');
        await journal.leaveOut(['2:bb'], 4_000, token);
        await began({ uid: '3:cc' });
        expect((await journal.stored(0, 9)).map((run) => run.number)).toEqual([3]);
        expect(await verified(journal)).toMatchObject({ runs: 1, anchors: 2, leftOut: 2, faults: [] });
      });

      it('leaves out many at once', async () => {
        const uids = Array.from({ length: 25 }, (_, number) => `${number + 1}:aa`);
        for (const uid of uids) await beganAndEnded(uid, { exclusive: false });
        await journal.leaveOut(uids, 3_000, token);
        expect(await journal.stored(0, 9)).toEqual([]);
        expect(await verified(journal)).toMatchObject({ runs: 0, leftOut: 25, faults: [] });
      });

      it('leaves out no run that goes on, and none that it does not know', async () => {
        await beganAndEnded('1:aa');
        await began({ uid: '2:bb' });
        await expect(journal.leaveOut(['1:aa', '2:bb'], 3_000, token)).rejects.toMatchObject({
          code: 'run-active',
        });
        await expect(journal.leaveOut(['1:aa', '9:zz'], 3_000, token)).rejects.toMatchObject({
          code: 'run-unknown',
        });
        expect(await verified(journal)).toMatchObject({ runs: 2, anchors: 0, faults: [] });
      });
    });

    describe('of small facts', () => {
      it('keeps the last value of each, by room and name', async () => {
        await journal.keep('inventory', 'db1:3306', { alias: 'one' });
        await journal.keep('inventory', 'db2:3306', ['two']);
        await journal.keep('flags', 'db1:3306', false);
        await journal.keep('inventory', 'db1:3306', { alias: 'uno' });
        expect([...(await journal.kept('inventory'))]).toEqual([
          ['db1:3306', { alias: 'uno' }],
          ['db2:3306', ['two']],
        ]);
      });

      it('drops what is dropped, and nothing else', async () => {
        await journal.keep('flags', 'disabled', true);
        await journal.keep('flags', 'other', 1);
        await journal.drop('flags', 'disabled');
        await journal.drop('flags', 'never there');
        expect([...(await journal.kept('flags'))]).toEqual([['other', 1]]);
        expect((await journal.kept('empty')).size).toBe(0);
      });
    });
  });
}
