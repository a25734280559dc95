import { expect, it } from 'vitest';
import { ledgerOf } from '../../src/engine/ledger.ts';
import { Stopping } from '../../src/engine/stopping.ts';
import { leaveBehind } from '../../src/hooks/left-behind.ts';
import { renderStage } from '../../src/hooks/render.ts';
import { whenStopping } from '../../src/hooks/unless-stopping.ts';
import { StageTime } from '../../src/hooks/stage-time.ts';
import { aBook, stillClock } from '../engine/a-book.ts';
import { configuredHook, facts, hookSettings } from './facts.ts';

it.each([
  ['lets go of a hook that waits for its next attempt when the controller stops', new Stopping('over'), 1],
  ['does not let go of it because the state that started it was left', new Error('left'), 0],
])('%s', async (_, reason, times) => {
  const stage = 'PostFailoverProcesses';
  const list = [{ ...configuredHook('page &'), retries: 1 }];
  const hooks = renderStage(stage, list, facts, hookSettings);
  let awake = 0;
  let asleep: () => void = () => {};
  const sleeps = new Promise<void>((resolve) => {
    asleep = resolve;
  });
  const clock = {
    ...stillClock(),
    sleep: (_milliseconds: number, signal: AbortSignal) => {
      asleep();
      return new Promise<void>((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          awake += 1;
          reject(signal.reason);
        }),
      );
    },
  };
  const outcome = {
    ended: 'exited',
    exitCode: 1,
    signal: null,
    tookMs: 1,
    output: '',
    because: null,
  } as const;
  const warned: string[] = [];
  const runner = { run: async () => outcome, outcomeOf: async () => null, known: () => {} };
  const leaving = new AbortController();
  await Promise.all(
    hooks.map((hook) =>
      leaveBehind({
        stage,
        index: 0,
        of: 1,
        hook,
        ledger: ledgerOf(aBook()),
        runner,
        clock,
        teller: { tell: () => {}, warn: (sentence) => void warned.push(sentence) },
        time: new StageTime(clock, 1_000),
        earlier: Promise.resolve(),
        signal: whenStopping(leaving.signal),
      }),
    ),
  );
  await sleeps;
  leaving.abort(reason);
  await new Promise((resume) => setImmediate(resume));
  expect(awake).toBe(times);
  // The one sentence is that of its first end.
  expect(warned).toHaveLength(1);
});
