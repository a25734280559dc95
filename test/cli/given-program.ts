import { Readable } from 'node:stream';
import { type Given, programOf } from '../../src/cli/program.ts';

/** Nothing behind the commands. */
export const given: Given = {
  version: '0',
  listen: async () => null,
  serve: async () => ({ close: async () => {} }),
  stdin: Readable.from([]),
  demo: async function* () {},
};

/** `baton` as it is started. */
export function theProgram() {
  return programOf({ print: () => {}, say: () => {}, colours: false }, () => {}, given);
}
