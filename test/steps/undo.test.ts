import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../src/engine/record.ts';
import type { StepContext } from '../../src/engine/step-context.ts';
import { BatonError } from '../../src/kernel/errors.ts';
import { undo } from '../../src/steps/undo.ts';
import type { StepWorld } from '../../src/steps/step-world.ts';

const story = { cluster: { id: 'k', name: 'a:1', alias: 'a:1', domain: '' } };

/** A run that has stopped b, c and d from receiving; putting c back throws `error`. */
function broken(error: Error) {
  const records = (['b:1', 'c:1', 'd:1'] as const).map((instance, index) => ({
    kind: 'act',
    step: 'gather',
    instance,
    verb: 'stopReceiving',
    order: { verb: 'stopReceiving', instance },
    before: { readOnly: true, source: 'a:1', receiving: true },
    seq: index + 1,
    at: 0,
    token: 1,
  })) as JournalRecord[];
  const asked: string[] = [];
  const perform: StepContext['acts']['perform'] = async ({ instance, verb }) => {
    asked.push(`${instance} ${verb}`);
    if (instance === 'c:1' && verb === 'startReceiving') throw error;
    return { outcome: 'done', because: null, seen: null };
  };
  const world = {
    servers: { look: async () => [] },
    inventory: { learn: () => [], members: () => [] },
    settings: { lookTimeoutMs: 100 },
  } as unknown as StepWorld;
  const context = {
    acts: { perform },
    history: () => records,
    signal: new AbortController().signal,
    publications: null,
  } as unknown as StepContext;
  return { asked, done: undo(world, story, context) };
}

describe('putting back that breaks off at one server', () => {
  it('goes on with the others, and names that one and why (P9)', async () => {
    const { asked, done } = broken(new TypeError('no such thing'));
    const { left, because, undone } = await done;
    expect(asked).toEqual(expect.arrayContaining(['b:1 startReceiving', 'd:1 startReceiving']));
    expect(undone).toContain('b:1 was asked to receive from its source again');
    expect(left).toEqual([
      'nobody knows whether c:1 was asked to receive from its source again: no such thing',
    ]);
    expect(because).toContain('c:1');
  });

  it('ends where the right to act is lost, for the next leader owes the rest', async () => {
    const lost = new BatonError('lease-lost', 'the lease has run out');
    await expect(broken(lost).done).rejects.toBe(lost);
  });
});
