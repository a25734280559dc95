import { describe, expect, it } from 'vitest';
import type { FencingLevel } from '../../src/analysis/cost/fencing.ts';
import { actsOf, undoOf } from '../../src/engine/acts.ts';
import type { Entry, JournalRecord } from '../../src/engine/record.ts';
import { kitchen } from './toy.ts';

function house(fencingRequired: FencingLevel = 'none', flavour: 'mariadb' | 'mysql' = 'mariadb') {
  const kit = kitchen(flavour);
  kit.fleet.add('a:1', null);
  kit.fleet.add('b:1', 'a:1');
  const records: JournalRecord[] = [];
  const seen: string[] = [];
  kit.fleet.onStatement((key, words) =>
    seen.push(`${key} ${words} after ${records.at(-1)?.kind ?? 'nothing'}`),
  );
  const acts = actsOf({
    step: 'step',
    servers: kit.world.servers,
    lease: kit.world.lease,
    teller: kit.world.teller,
    lookTimeoutMs: 1_000,
    signal: new AbortController().signal,
    fencingRequired,
    history: () => records,
    append: async (entry: Entry) => {
      const record = { ...entry, seq: records.length + 1, at: 0, token: 1 };
      records.push(record);
      return record;
    },
  });
  return { ...kit, acts, records, seen };
}

describe('an act (rule 6)', () => {
  it('is in the journal, with the earlier state, before its server is touched, and its outcome after', async () => {
    const { acts, clock, records, seen } = house();
    const result = acts.perform({ verb: 'stopReceiving', instance: 'b:1' });
    await clock.advance(100);
    expect(await result).toMatchObject({ outcome: 'done' });
    expect(seen).toEqual(['b:1 STOP SLAVE IO_THREAD after act']);
    expect(records).toMatchObject([
      { kind: 'act', instance: 'b:1', before: { readOnly: true, source: 'a:1', receiving: true } },
      { kind: 'acted', of: 1, outcome: 'done' },
    ]);
  });

  it('is done after those before it, all of one server written down with one look before the first', async () => {
    const { acts, clock, records, seen } = house();
    const results = acts.performInTurn('b:1', [
      { verb: 'stopReceiving', instance: 'b:1' },
      { verb: 'startApplying', instance: 'b:1' },
      { verb: 'setReadOnly', instance: 'b:1', readOnly: false },
    ]);
    await clock.advance(100);
    expect((await results).map(({ outcome }) => outcome)).toEqual(['done', 'skipped', 'done']);
    expect(seen).toEqual(['b:1 STOP SLAVE IO_THREAD after act', 'b:1 SET GLOBAL read_only = 0 after act']);
    expect(records).toMatchObject([
      { kind: 'act', verb: 'stopReceiving' },
      { kind: 'act', verb: 'setReadOnly', before: { readOnly: true } },
      { kind: 'acted', of: 1, outcome: 'done' },
      { kind: 'acted', of: 2, outcome: 'done' },
    ]);
  });

  it('is not tried after one that failed', async () => {
    const { acts, clock, fleet, records, seen } = house();
    fleet.server('b:1').broken.add('STOP SLAVE IO_THREAD');
    const results = acts.performInTurn('b:1', [
      { verb: 'stopReceiving', instance: 'b:1' },
      { verb: 'setReadOnly', instance: 'b:1', readOnly: false },
    ]);
    await clock.advance(100);
    expect((await results).map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
    expect(seen).not.toContain('b:1 SET GLOBAL read_only = 0 after act');
    expect(records.at(-1)).toMatchObject({ of: 2, outcome: 'failed' });
  });

  it('takes a look that has just been taken for its own', async () => {
    const { acts, clock, records, world } = house();
    const looking = world.servers.look(['b:1'], 1_000, new AbortController().signal);
    await clock.advance(100);
    const [seen] = await looking;
    const result = acts.perform({ verb: 'stopReceiving', instance: 'b:1' }, { seen });
    await clock.advance(100);
    expect((await result).seen).toBe(seen);
    expect(records[0]).toMatchObject({ before: { receiving: true } });
  });

  it('leaves alone a server that is as wanted already', async () => {
    const { acts, clock, records, seen } = house();
    const result = acts.perform({ verb: 'startReceiving', instance: 'b:1' });
    await clock.advance(100);
    expect(await result).toMatchObject({ outcome: 'skipped' });
    expect([records, seen]).toEqual([[], []]);
  });

  it('that drops everything is not done before a step has written down what only that server has (P4)', async () => {
    const { acts, clock, records, seen } = house('none', 'mysql');
    const clone = async () => {
      const result = acts.perform({ verb: 'clone', instance: 'b:1', donor: 'a:1' });
      await clock.advance(100);
      return result;
    };
    expect(await clone()).toMatchObject({ outcome: 'failed' });
    expect([records, seen]).toEqual([[], []]);
    const answer = { kind: 'ok' as const, value: { file: 'errant/b.txt', because: 'it is written down' } };
    const saved = { kind: 'answered' as const, to: 1, step: 'save', answer };
    records.push({ ...saved, seq: 1, at: 0, token: 1 });
    expect(await clone()).toMatchObject({ outcome: 'done' });
    expect(seen).toEqual(['b:1 CLONE INSTANCE FROM … after act']);
  });

  it('is not begun on a server that cannot be looked at', async () => {
    const { acts, clock, fleet, records } = house();
    fleet.kill('b:1');
    const result = acts.perform({ verb: 'stopReceiving', instance: 'b:1' });
    await clock.advance(100);
    expect(await result).toMatchObject({ outcome: 'failed', because: 'b:1 refuses connections' });
    expect(records).toEqual([]);
  });

  it('is not done by a controller whose lease ran out since it was written down', async () => {
    const { acts, clock, loseLease, seen } = house();
    const result = acts.perform({ verb: 'stopReceiving', instance: 'b:1' });
    loseLease();
    const outcome = expect(result).rejects.toMatchObject({ code: 'lease-lost' });
    await clock.advance(100);
    await outcome;
    expect(seen).toEqual([]);
  });

  it('answers with the server’s own words where it refuses', async () => {
    const { acts, clock, fleet, records } = house();
    fleet.server('b:1').broken.add('STOP SLAVE IO_THREAD');
    const result = acts.perform({ verb: 'stopReceiving', instance: 'b:1' });
    await clock.advance(100);
    expect((await result).because).toContain('b:1 answered "STOP SLAVE IO_THREAD" with');
    expect(records.at(-1)).toMatchObject({ kind: 'acted', outcome: 'failed' });
  });
});

describe('an act that gives the cluster another primary (P3)', () => {
  const promote = { verb: 'promote', instance: 'b:1' } as const;
  const fenced = (level: string): JournalRecord => ({
    kind: 'answered',
    step: 'fence',
    to: 1,
    answer: { kind: 'ok', value: { level, because: 'its power is off' } },
    seq: 2,
    at: 0,
    token: 1,
  });

  it.each(['none', 'attempted'])(
    'is not done where the run has come no further than "%s", and proof is required',
    async (level) => {
      const { acts, clock, records, seen } = house('proven');
      if (level !== 'none') records.push(fenced(level));
      const refused = acts.perform(promote);
      await clock.advance(100);
      expect((await refused).because).toContain(`this run is only "${level}" sure`);
      expect(seen).toEqual([]);
    },
  );

  it('is done once a step of the run has fenced the old one as far as is required', async () => {
    const { acts, clock, records } = house('proven');
    records.push(fenced('proven'));
    const done = acts.perform(promote);
    await clock.advance(100);
    expect(await done).toMatchObject({ outcome: 'done' });
  });
});

describe('an act that would drop evidence (P4)', () => {
  it('leaves its server as it stands, unless what it has received is kept', async () => {
    const { acts, clock, fleet, records, seen } = house();
    fleet.change(() => Object.assign(fleet.server('b:1').replication ?? {}, { lagMs: 60_000 }));
    fleet.write('a:1');
    const refused = acts.perform({ verb: 'promote', instance: 'b:1' });
    await clock.advance(100);
    expect(await refused).toMatchObject({
      outcome: 'failed',
      because: expect.stringContaining('has yet to apply a transaction (0-1-1)'),
    });
    expect([records, seen]).toEqual([[], []]);
    const known = acts.perform({ verb: 'promote', instance: 'b:1' }, { kept: '0-1-1' });
    await clock.advance(100);
    expect(await known).toMatchObject({ outcome: 'done' });
  });

  it('asks the next source whether it has it, before its server follows that', async () => {
    const { acts, clock, fleet } = house();
    fleet.add('c:1', 'a:1');
    fleet.change(() => Object.assign(fleet.server('b:1').replication ?? {}, { lagMs: 60_000 }));
    fleet.write('a:1');
    const followed = acts.perform({ verb: 'follow', instance: 'b:1', source: 'c:1' });
    await clock.advance(100);
    expect(await followed).toMatchObject({ outcome: 'done' });
    fleet.change(() => Object.assign(fleet.server('c:1').replication ?? {}, { lagMs: 60_000 }));
    fleet.write('a:1');
    fleet.change(() =>
      Object.assign(fleet.server('b:1'), {
        replication: {
          ...fleet.server('c:1').replication,
          relay: [...(fleet.server('c:1').replication?.relay ?? [])],
        },
      }),
    );
    const back = acts.perform({ verb: 'follow', instance: 'b:1', source: 'c:1' });
    await clock.advance(100);
    expect((await back).because).toContain('nobody else is known to have it');
  });
});

describe('the undo of acts (rule 7)', () => {
  const act = (instance: 'a:1' | 'b:1' | 'c:1', verb: string, before: unknown, step = 'step') =>
    ({ kind: 'act', step, instance, verb, order: {}, before, seq: 1, at: 0, token: 1 }) as const;
  const replica = { readOnly: true, source: 'a:1', receiving: true };

  it('lets receive again what received before, last change first', () => {
    const records = [act('b:1', 'stopReceiving', replica), act('c:1', 'stopReceiving', replica)];
    expect(undoOf(records, 'undo')).toEqual([
      { verb: 'setReadOnly', instance: 'c:1', readOnly: true },
      { verb: 'startReceiving', instance: 'c:1' },
      { verb: 'setReadOnly', instance: 'b:1', readOnly: true },
      { verb: 'startReceiving', instance: 'b:1' },
    ]);
  });

  it('takes writes away from a candidate before it makes it follow again', () => {
    const records = [act('b:1', 'stopReceiving', replica), act('b:1', 'promote', replica)];
    expect(undoOf(records, 'undo')).toEqual([
      { verb: 'setReadOnly', instance: 'b:1', readOnly: true },
      { verb: 'follow', instance: 'b:1', source: 'a:1' },
    ]);
  });

  it('leaves stopped what was stopped before', () => {
    const records = [act('b:1', 'stopReceiving', { ...replica, receiving: false })];
    expect(undoOf(records, 'undo')).toEqual([{ verb: 'setReadOnly', instance: 'b:1', readOnly: true }]);
  });

  it('goes back to how a server stood before the first act, not between two', () => {
    const records = [
      act('b:1', 'stopReceiving', replica),
      act('b:1', 'follow', { ...replica, receiving: false, source: 'c:1' }),
    ];
    expect(undoOf(records, 'undo')).toContainEqual({ verb: 'follow', instance: 'b:1', source: 'a:1' });
  });

  it('brings to rest again what it had to set going', () => {
    const still = { ...replica, applying: false };
    expect(undoOf([act('b:1', 'stopReceiving', still)], 'undo')).toEqual([
      { verb: 'setReadOnly', instance: 'b:1', readOnly: true },
      { verb: 'startReceiving', instance: 'b:1' },
      { verb: 'stopApplying', instance: 'b:1' },
    ]);
    const halted = { ...still, receiving: false };
    const started = [act('b:1', 'startApplying', halted), act('b:1', 'startReceiving', halted)];
    expect(undoOf(started, 'undo').slice(1)).toEqual([
      { verb: 'stopReceiving', instance: 'b:1' },
      { verb: 'stopApplying', instance: 'b:1' },
    ]);
  });

  it('goes back to a place in the log only where nothing was applied since', async () => {
    const place = { file: 'bin.000002', position: 50 };
    const moved = {
      kind: 'act',
      step: 'step',
      instance: 'b:1',
      verb: 'follow',
      seq: 1,
      at: 0,
      token: 1,
    } as const;
    const records = [
      {
        ...moved,
        order: { verb: 'follow', instance: 'b:1', source: 'c:1', at: place },
        before: { ...replica, at: { file: 'bin.000009', position: 7 } },
      },
    ];
    expect(undoOf(records, 'undo')).toContainEqual({
      verb: 'follow',
      instance: 'b:1',
      source: 'a:1',
      at: { file: 'bin.000009', position: 7 },
      ifStillAt: place,
    });
  });

  it('does not undo an undo', () => {
    expect(undoOf([act('b:1', 'startReceiving', replica, 'undo')], 'undo')).toEqual([]);
  });
});
