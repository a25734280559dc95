import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../src/engine/ledger.ts';
import type { CommandRan } from '../../src/engine/ports.ts';
import type { HookOutcome } from '../../src/engine/record.ts';
import { runCommand } from '../../src/hooks/command.ts';
import type { HookRunner } from '../../src/hooks/runner.ts';
import { aBook } from '../engine/a-book.ts';
import { facts, hookSettings } from './facts.ts';

const well: HookOutcome = {
  ended: 'exited',
  exitCode: 0,
  signal: null,
  tookMs: 5,
  output: 'off',
  because: null,
};

/** A run whose FenceCommand ends so; `elsewhere` is what the runner knows of one that an earlier life began. */
function aRun(ends: HookOutcome, elsewhere: HookOutcome | null = null) {
  const book = aBook();
  const started: string[] = [];
  const runner: HookRunner = {
    async run({ key }) {
      started.push(`${key} after ${book.records.at(-1)?.kind}`);
      return ends;
    },
    outcomeOf: async () => elsewhere,
    known: () => {},
  };
  const context = {
    ledger: ledgerOf(book),
    signal: new AbortController().signal,
    teller: { tell: () => {}, warn: () => {} },
  };
  const command = { name: 'FenceCommand' as const, command: 'power-off {failedHost}', facts, variables: {} };
  const fence = (once = true): Promise<CommandRan> =>
    runCommand(
      { settings: hookSettings, runner },
      { ...command, timeoutMs: 1_000, says: 'it is run', once, into: null, context },
    );
  return { book, started, fence, ledger: context.ledger };
}

describe('a command that is no hook', () => {
  it('is on record before it starts and after it ended (P1)', async () => {
    const { book, started, fence } = aRun(well);
    expect(await fence()).toMatchObject({ outcome: well, isRecalled: false });
    expect(started).toEqual(['r/1 after command']);
    expect(book.records).toMatchObject([
      { kind: 'command', name: 'FenceCommand', command: 'power-off {failedHost}', deadline: 2_000 },
      { kind: 'commanded', run: 1, outcome: well },
    ]);
  });

  it('is not run again once it did its work', async () => {
    const { started, fence } = aRun(well);
    await fence();
    expect(await fence()).toMatchObject({ outcome: well, isRecalled: true });
    expect(started).toHaveLength(1);
  });

  it('is run again where it is not for once', async () => {
    const { started, fence } = aRun(well);
    await fence(false);
    expect(await fence(false)).toMatchObject({ isRecalled: false });
    expect(started).toHaveLength(2);
  });

  it('is run again where it failed', async () => {
    const { started, fence } = aRun({ ...well, exitCode: 1 });
    await fence();
    expect(await fence()).toMatchObject({ isRecalled: false });
    expect(started).toHaveLength(2);
  });

  it.each([
    ['is not run again where the runner knows that it worked', well, 0],
    ['is run again where nobody knows how it ended', null, 1],
  ])('that an earlier life of the controller began %s', async (_, elsewhere, times) => {
    const { book, started, fence, ledger } = aRun(well, elsewhere);
    await ledger.intendCommand({ name: 'FenceCommand', command: 'x', timeoutMs: 1, digest: '' });
    expect(await fence()).toMatchObject({ outcome: well });
    expect(started).toHaveLength(times);
    expect(book.records[1]).toMatchObject({ kind: 'commanded', run: 1 });
  });
});
