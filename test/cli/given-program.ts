import { programOf } from '../../src/cli/program.ts';
import { Readable } from 'node:stream';

/** `baton` as it is started, with nothing behind it. */
export function theProgram() {
  const terminal = { print: () => {}, say: () => {}, colours: false };
  return programOf(terminal, () => {}, {
    version: '0',
    listen: async () => null,
    serve: async () => ({ close: async () => {} }),
    stdin: Readable.from([]),
    demo: async function* () {},
  });
}
