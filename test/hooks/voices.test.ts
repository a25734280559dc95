import { expect, it } from 'vitest';
import type { HookOutcome } from '../../src/engine/record.ts';
import type { HookRun } from '../../src/hooks/runner.ts';
import { HookVoices, type Utterance } from '../../src/hooks/voices.ts';

const outcome: HookOutcome = {
  ended: 'exited',
  exitCode: 0,
  signal: null,
  tookMs: 1,
  output: 'one\ntwo\n',
  because: '',
};
const run: HookRun = {
  key: 'u/1',
  body: { kind: 'shell', script: 'true' },
  variables: {},
  document: null,
  timeoutMs: null,
  detached: false,
};

/** A hook that says what the test has it say, and ends when the test has it end. */
function aHook() {
  let [say, end]: [(text: string) => void, () => void] = [() => {}, () => {}];
  const voices = new HookVoices({
    run: (_run, _signal, said = () => {}) => {
      say = said;
      return new Promise((resolve) => {
        end = () => resolve(outcome);
      });
    },
    outcomeOf: async () => null,
    known: () => {},
  });
  return { voices, say: (text: string) => say(text), end: () => end() };
}

it('whoever listens hears what a hook says from then on, and what it has said already', async () => {
  const { voices, say, end } = aHook();
  const journal: string[] = [];
  const running = voices.run(run, AbortSignal.any([]), (text) => journal.push(text));
  say('one\n');
  const heard: Utterance[] = [];
  const { spoken, stop } = voices.listen((utterance) => heard.push(utterance));
  expect([...spoken]).toEqual([['u/1', 'one\n']]);
  say('two\n');
  end();
  expect(await running).toBe(outcome);
  expect(heard).toEqual([
    { kind: 'output', run: 'u/1', text: 'two\n' },
    { kind: 'ended', run: 'u/1', outcome },
  ]);
  expect(journal).toEqual(['one\n', 'two\n']);
  expect(spoken.size).toBe(0);
  stop();
  void voices.run(run, AbortSignal.any([]));
  say('three\n');
  expect(heard).toHaveLength(2);
});
