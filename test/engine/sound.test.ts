import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { z } from 'zod';
import { mustBeSound } from '../../src/engine/sound.ts';
import { step, type Workflow } from '../../workflows/step.ts';
import { everyWorkflow } from '../workflows/machines.ts';

const steps = { go: step(z.null(), z.null()) };
const aWorkflow = (config: object): Workflow => ({
  name: 'odd',
  steps,
  machine: createMachine(config as never),
});
const going = {
  description: 'It goes.',
  invoke: { id: 'go', src: 'go', input: null, onDone: 'gone', onError: 'gone' },
};
const gone = { type: 'final', description: 'It is gone.' };
const whole = { id: 'odd', initial: 'going', options: { maxIterations: 10 }, states: { going, gone } };

describe('a workflow', () => {
  it.each(everyWorkflow)('of ours is sound: $name', (workflow) => {
    expect(() => mustBeSound(workflow)).not.toThrow();
  });

  it('is sound when it has an end to its circles, a sentence per state and an ear for each step', () => {
    expect(() => mustBeSound(aWorkflow(whole))).not.toThrow();
  });

  it.each<[fault: string, config: object]>([
    ['sets no options.maxIterations', { ...whole, options: {} }],
    ['going has no description', { ...whole, states: { going: { ...going, description: undefined }, gone } }],
    [
      'asks for "other"',
      { ...whole, states: { going: { ...going, invoke: { ...going.invoke, src: 'other' } }, gone } },
    ],
    [
      'does not hear xstate.error.actor.go',
      { ...whole, states: { going: { ...going, invoke: { ...going.invoke, onError: undefined } }, gone } },
    ],
  ])('is refused before its first step where it %s', (fault, config) => {
    expect(() => mustBeSound(aWorkflow(config))).toThrow(fault);
  });
});
