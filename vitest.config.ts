import { defineConfig } from 'vitest/config';

/** Live tests that hold Baton to times of its own: nothing else may need the machine meanwhile. */
const timed = [
  'contention',
  'handover',
  'not-dead',
  'patience',
  'rejoin',
  'rolling',
  'silence',
  'soak',
  'takeover',
].map((name) => `test/live/${name}.test.ts`);
/** Real servers need time to start, more on a slow machine. */
const patient = { testTimeout: 120_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/live/**'],
          testTimeout: 20_000,
          // Vitest would leave one core to others, which on two cores is half of them.
          maxWorkers: '100%',
          // Half of the time went into loading the same modules for each file.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Most of their time they wait for servers, so two files at once share two cores well.
        test: {
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          exclude: timed,
          ...patient,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'timed',
          include: timed,
          ...patient,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
