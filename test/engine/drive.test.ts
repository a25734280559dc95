import { describe, expect, it } from 'vitest';
import { refuse } from '../../src/engine/step-context.ts';
import { Lifeline, mortalClock, mortalJournal } from '../../src/simulation/lifeline.ts';
import { kitchen, stepsThat } from './toy.ts';

const wholeStory = [
  'asked fill',
  'answered fill ok',
  'asked heat',
  'answered heat ok',
  'timer',
  'fired',
  'asked pour',
  'answered pour ok',
  'ended served',
];

describe('driving a run', () => {
  it('asks, does, writes and tells, step after step, to its end (rules 1 and 3)', async () => {
    const kit = kitchen();
    await kit.open();
    const done: string[] = [];
    const { end } = kit.drive(stepsThat(done));
    await kit.clock.advance(20_000);
    expect(await end).toMatchObject({ state: 'served', sentence: 'Tea is served.' });
    expect(done).toEqual(['fill', 'heat', 'pour']);
    expect(await kit.told()).toEqual(wholeStory);
  });

  it('has the asking in the journal before a step is done', async () => {
    const kit = kitchen();
    await kit.open();
    const seen: (string | undefined)[] = [];
    kit.drive(
      stepsThat([], {
        async fill({ litres }) {
          seen.push((await kit.told()).at(-1));
          return { litres };
        },
      }),
    );
    await kit.clock.advance(1);
    expect(seen).toEqual(['asked fill']);
  });

  it('tells the machine nothing that could not be written', async () => {
    const kit = kitchen();
    await kit.open();
    const done: string[] = [];
    const { end } = kit.drive(stepsThat(done), {
      journal: {
        ...kit.journal,
        append: async (uid, entry, ...place) => {
          if (entry.kind === 'answered') throw new Error('the disk is full');
          return kit.journal.append(uid, entry, ...place);
        },
      },
    });
    await expect(end).rejects.toThrow('the disk is full');
    await kit.clock.advance(1);
    expect(done).toEqual(['fill']);
  });

  it('lets the machine tell a refusal from what should not have happened (rule 3)', async () => {
    for (const [fill, reason] of [
      [async () => refuse('dry', 'there is no water'), 'refused dry'],
      [async () => Promise.reject(new Error('the tap is off')), 'error act-failed'],
    ] as const) {
      const kit = kitchen();
      await kit.open();
      const { end } = kit.drive(stepsThat([], { fill }));
      expect(await end).toMatchObject({ state: 'cold', output: { reason } });
    }
  });

  it('hears a step that answers what its schema forbids as an error (rule 3)', async () => {
    const kit = kitchen();
    await kit.open();
    // A step that breaks its word is what this is about.
    const fill = async () => ({ litres: 'much' }) as unknown as { litres: number };
    expect(await kit.drive(stepsThat([], { fill })).end).toMatchObject({
      output: { reason: 'error step-broke-its-word' },
    });
  });

  it('hears a step that is asked what its schema forbids as an error, and never does it (rule 3)', async () => {
    const kit = kitchen();
    await kit.open('much');
    const done: string[] = [];
    expect(await kit.drive(stepsThat(done)).end).toMatchObject({
      output: { reason: 'error step-broke-its-word' },
    });
    expect(done).toEqual([]);
  });

  it('ends where it ended when it is driven again, and does nothing', async () => {
    const kit = kitchen();
    await kit.open();
    const { end } = kit.drive(stepsThat([]));
    await kit.clock.advance(20_000);
    const done: string[] = [];
    expect(await kit.drive(stepsThat(done)).end).toMatchObject(await end);
    expect(done).toEqual([]);
    expect(await kit.told()).toEqual(wholeStory);
  });

  it('says why it ended as it did, once', async () => {
    const kit = kitchen();
    await kit.open();
    const driving = kit.drive(stepsThat([], { heat: () => new Promise(() => {}) }));
    await kit.clock.advance(1);
    void driving.say('stop', 'maria', 'we have guests for coffee');
    await kit.clock.advance(5_000);
    await driving.end;
    expect(kit.said.at(-1)).toBe('There is no tea. We have guests for coffee.');
  });
});

describe('a person’s word', () => {
  it('is answered with where the machine stands once it is written', async () => {
    const kit = kitchen();
    await kit.open();
    const driving = kit.drive(stepsThat([], { heat: () => new Promise(() => {}) }));
    await kit.clock.advance(1);
    expect(await driving.say('stop', 'maria', 'no tea')).toEqual({
      taken: true,
      seq: 4,
      state: 'emptying',
      sentence: 'Empty the kettle.',
    });
    expect((await kit.told()).at(3)).toBe('said');
  });

  it('is not written where the machine does not take it, and answered in the words of the state that forbids it', async () => {
    const kit = kitchen();
    await kit.open();
    const driving = kit.drive(stepsThat([], { pour: () => new Promise(() => {}) }));
    await kit.clock.advance(10_001);
    expect(await driving.say('stop', 'maria', 'no tea')).toEqual({
      taken: false,
      state: 'pouring',
      because: 'the cups are half full',
    });
    expect(await kit.told()).not.toContain('said');
  });

  it('is refused once the run has ended', async () => {
    const kit = kitchen();
    await kit.open();
    const driving = kit.drive(stepsThat([]));
    await kit.clock.advance(20_000);
    await driving.end;
    await expect(driving.say('stop', 'maria', 'no tea')).rejects.toMatchObject({ code: 'run-ended' });
  });

  it('is refused when this controller lets go of the run before it was heard', async () => {
    const kit = kitchen();
    await kit.open();
    const driving = kit.drive(stepsThat([], { heat: () => new Promise(() => {}) }));
    await kit.clock.advance(1);
    kit.stop();
    const said = driving.say('stop', 'maria', 'no tea');
    await expect(driving.end).rejects.toThrow('stopped');
    await expect(said).rejects.toMatchObject({ code: 'run-ended' });
  });
});

describe('a timer', () => {
  it('is a date in the journal, and fires when the clock has reached it', async () => {
    const kit = kitchen();
    await kit.open();
    kit.drive(stepsThat([]));
    await kit.clock.advance(9_999);
    expect((await kit.told()).at(-1)).toBe('timer');
    await kit.clock.advance(1);
    expect(await kit.told()).toContain('fired');
  });

  it('keeps its date when another controller continues', async () => {
    const kit = kitchen();
    await kit.open();
    const life = new Lifeline();
    kit.drive(stepsThat([]), { clock: mortalClock(kit.clock, life) });
    await kit.clock.advance(6_000);
    life.cut();
    kit.drive(stepsThat([]));
    await kit.clock.advance(3_999);
    expect(await kit.told()).not.toContain('fired');
    await kit.clock.advance(1);
    expect(await kit.told()).toContain('fired');
  });

  it('fires at once for a controller that comes after its date', async () => {
    const kit = kitchen();
    await kit.open();
    const life = new Lifeline();
    kit.drive(stepsThat([]), { clock: mortalClock(kit.clock, life) });
    await kit.clock.advance(6_000);
    life.cut();
    await kit.clock.advance(60_000);
    const { end } = kit.drive(stepsThat([]));
    await kit.clock.advance(0);
    expect(await end).toMatchObject({ state: 'served' });
  });
});

describe('a run whose controller died', () => {
  const records = wholeStory.length;

  it.each(Array.from({ length: records }, (_, at) => at + 1))(
    'is brought to the same end by the next one, after record %i',
    async (last) => {
      const kit = kitchen();
      await kit.open();
      const life = new Lifeline();
      let left = last;
      const journal = mortalJournal(kit.journal, life, () => {
        left -= 1;
        if (left === 0) life.cut();
      });
      void kit.drive(stepsThat([]), { journal, clock: mortalClock(kit.clock, life) });
      await kit.clock.advance(20_000);
      const { end } = kit.drive(stepsThat([]));
      await kit.clock.advance(20_000);
      expect(await end).toMatchObject({ state: 'served', output: { reason: null } });
    },
  );

  it('tells the machine that it was resumed, before anything else (rule 4)', async () => {
    const kit = kitchen();
    await kit.open();
    await kit.write(
      { kind: 'asked', step: 'fill', state: 'filling', sentence: '', input: {} },
      { kind: 'answered', step: 'fill', to: 1, answer: { kind: 'ok', value: { litres: 2 } } },
      { kind: 'asked', step: 'heat', state: 'heating', sentence: '', input: {} },
    );
    const done: string[] = [];
    kit.drive(stepsThat(done));
    await kit.clock.advance(1);
    expect((await kit.told()).slice(3, 5)).toEqual(['resumed', 'asked fill']);
    expect(done).toEqual(['fill', 'heat']);
  });
});

describe('a state that is left while its step goes on (rule 9)', () => {
  it('aborts the step, keeps an answer that comes in time, and never tells it', async () => {
    const kit = kitchen();
    await kit.open();
    const driving = kit.drive(
      stepsThat([], {
        heat: (_, { signal, clock }) =>
          clock.sleep(60_000, signal).then(
            () => ({ degrees: 100 }),
            () => ({ degrees: 40 }),
          ),
      }),
    );
    await kit.clock.advance(1);
    void driving.say('stop', 'maria', 'no tea');
    expect(await driving.end).toMatchObject({ state: 'cold', output: { reason: 'no tea' } });
    const told = await kit.told();
    expect(told).toContain('answered heat ok');
    expect(told).not.toContain('abandoned heat');
  });

  it('writes down that the outcome is unknown where the step does not end in time', async () => {
    const kit = kitchen();
    await kit.open();
    const driving = kit.drive(stepsThat([], { heat: () => new Promise(() => {}) }));
    await kit.clock.advance(1);
    void driving.say('stop', 'maria', 'no tea');
    await kit.clock.advance(1_999);
    expect(await kit.told()).not.toContain('abandoned heat');
    await kit.clock.advance(1);
    expect(await driving.end).toMatchObject({ state: 'cold' });
    expect((await kit.told()).slice(3)).toEqual([
      'said',
      'abandoned heat',
      'asked empty',
      'answered empty ok',
      'ended cold',
    ]);
  });

  it('keeps an answer that comes after all that, and never tells it', async () => {
    const kit = kitchen();
    await kit.open();
    const driving = kit.drive(
      stepsThat([], {
        heat: async (_, { clock }) => {
          await clock.sleep(3_000, new AbortController().signal);
          return { degrees: 100 };
        },
        empty: async (_, { clock, signal }) => {
          await clock.sleep(5_000, signal);
          return { spilt: true };
        },
      }),
    );
    await kit.clock.advance(1);
    void driving.say('stop', 'maria', 'no tea');
    await kit.clock.advance(10_000);
    expect(await driving.end).toMatchObject({ state: 'cold', output: { reason: 'no tea' } });
    expect((await kit.told()).slice(3)).toEqual([
      'said',
      'abandoned heat',
      'asked empty',
      'answered heat ok',
      'answered empty ok',
      'ended cold',
    ]);
  });
});

describe('a controller that has lost its lease (rule 11)', () => {
  it('asks nothing more, writes nothing more and says so', async () => {
    const kit = kitchen();
    await kit.open();
    const done: string[] = [];
    const { end } = kit.drive(
      stepsThat(done, {
        async heat() {
          kit.loseLease();
          return { degrees: 100 };
        },
      }),
    );
    await expect(end).rejects.toMatchObject({ code: 'lease-lost' });
    expect(done).toEqual(['fill']);
    expect(await kit.told()).toEqual(['asked fill', 'answered fill ok', 'asked heat']);
  });

  it('leaves the run to be continued, as one that is stopped does', async () => {
    const kit = kitchen();
    await kit.open();
    const { end } = kit.drive(stepsThat([], { heat: () => new Promise(() => {}) }));
    await kit.clock.advance(1);
    kit.stop();
    await expect(end).rejects.toThrow('stopped');
    expect(await kit.journal.unfinished()).toHaveLength(1);
  });
});

describe('a run of another build (rule 5)', () => {
  const asked = { kind: 'asked', state: '', sentence: '', input: {} } as const;

  it.each([
    ['asked for a step that this one does not know', [{ ...asked, step: 'whistle' }]],
    [
      'heard an answer that does not fit here',
      [
        { ...asked, step: 'fill' },
        { kind: 'answered', step: 'fill', to: 1, answer: { kind: 'ok', value: { gallons: 1 } } },
      ],
    ],
    ['set a timer that this one does not have', [{ kind: 'timer', id: 'steeping', due: 1 }]],
  ] as const)('that %s is let go of, and what it owes is done', async (_, entries) => {
    const kit = kitchen();
    await kit.open();
    await kit.write(...entries);
    const done: string[] = [];
    const { end } = kit.drive(stepsThat(done), {
      settle: async () => {
        done.push('settled');
        return 'the kettle may be hot';
      },
    });
    expect(await end).toMatchObject({ state: 'interruptedByUpgrade', sentence: 'The kettle may be hot.' });
    expect(done).toEqual(['settled']);
    expect(await kit.journal.unfinished()).toEqual([]);
  });

  it('ends even where what is owed cannot be done', async () => {
    const kit = kitchen();
    await kit.open();
    await kit.write({ ...asked, step: 'whistle' });
    const { end } = kit.drive(stepsThat([]), { settle: () => Promise.reject(new Error('no cups')) });
    expect(await end).toMatchObject({
      state: 'interruptedByUpgrade',
      sentence: 'What was still owed could not be done: no cups.',
    });
  });

  it('is let go of where its own story does not fit what a step wants', async () => {
    const kit = kitchen();
    await kit.open('much');
    await kit.write({ kind: 'resumed', because: 'as before' });
    expect(await kit.drive(stepsThat([])).end).toMatchObject({ state: 'interruptedByUpgrade' });
  });
});
