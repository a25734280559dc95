import { expect, it } from 'vitest';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';

const house = new URL('../../', import.meta.url).href;

it('finds the compiled twin of a source file', () => {
  expect(builtTwin(`${house}src/journal/sqlite-worker.ts`).href).toBe(
    `${house}dist/src/journal/sqlite-worker.js`,
  );
});

it('finds the same twin when it was itself compiled', async () => {
  const program = `import { builtTwin } from '${house}dist/src/process/built.js';
    console.log(builtTwin('${house}dist/src/journal/sqlite-worker.ts').href);`;
  const { stdout } = await runProgram(process.execPath, ['--input-type=module', '-e', program], {
    timeoutMs: 15_000,
  });
  expect(stdout).toBe(`${house}dist/src/journal/sqlite-worker.js`);
});

it('has no twin for a file of another house', () => {
  expect(() => builtTwin('file:///elsewhere/src/worker.ts')).toThrow('no source file of this house');
});
