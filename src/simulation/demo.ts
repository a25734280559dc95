import { Narrator } from './narrator.ts';

/** A primary with two replicas, one of which lags, loses its life under load; the controller loses its own a little later. */
const commands = [
  'fleet db1 db2<db1 db3<db1',
  'hook PreFailoverProcesses echo will recover {failureClusterAlias}',
  'hook PostMasterFailoverProcesses echo {successorHost}:{successorPort} is the primary now',
  'start',
  'write 40 db1',
  'tick 2',
  'lag db3 400',
  'write 2 db1',
  'kill db1',
  'die 28',
  'tick 2',
  'start',
  'tick 5',
  'topology',
  'verdict',
];

/** The demo's story on pretended servers, line by line, for machines that can have no real ones. */
export async function* toldDemo(breathe: () => Promise<void>): AsyncIterable<string> {
  const narrator = new Narrator(breathe);
  for (const command of commands) {
    yield `> ${command}`;
    for (const line of await narrator.obey(command)) yield line;
    yield '';
  }
}
