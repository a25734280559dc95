import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longer paths do not fit into the address of a unix socket, with the few letters that it is made under. */
const longestPath = 100;

/** Where the controller of this state file answers: beside it, or in the temporary folder where that is too long. */
export function socketPath(stateFile: string): string {
  const beside = `${stateFile}.sock`;
  if (Buffer.byteLength(beside) <= longestPath) return beside;
  const name = createHash('sha256').update(stateFile).digest('hex').slice(0, 16);
  return join(tmpdir(), `baton-${name}.sock`);
}
