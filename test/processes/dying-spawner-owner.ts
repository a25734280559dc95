import { startSpawner } from '../../src/hooks/spawner/client.ts';

/** A controller in small: starts a spawner of hooks in a folder, runs one script and waits to be killed. */
const [directory = '', script = ''] = process.argv.slice(2);
const spawner = await startSpawner({
  directory,
  shell: 'bash',
  outputLimitBytes: 65_536,
  environment: { kind: 'inherit', withhold: [] },
  redact: (text) => text,
});
const body = { kind: 'shell', script } as const;
const run = { key: 'run/1', body, variables: {}, document: null, timeoutMs: 3_000, detached: false };
await spawner.run(run, new AbortController().signal);
