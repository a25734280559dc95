import type { Clock } from '../kernel/clock.ts';
import { BatonError } from '../kernel/errors.ts';
import { environmentOf, nodeEnvironmentOf, signalEnvironmentOf } from '../protocols/pacemaker/environment.ts';
import { Membership } from '../protocols/pacemaker/membership.ts';
import { decodeMessage } from '../protocols/pacemaker/message-reader.ts';
import { MessageSplitter } from '../protocols/pacemaker/message-splitter.ts';
import { nodeStateEvents } from '../protocols/pacemaker/node-state.ts';
import { readAsCrmMon } from '../protocols/pacemaker/readings/crm-mon.ts';
import { ToldBefore } from '../protocols/pacemaker/same-signal.ts';
import { readSpool, taken } from '../signals/pacemaker/spool.ts';
import type { Leave, Terminal } from './terminal.ts';

/** One call of an external agent, still to be made. */
export interface AgentCall {
  readonly variables: Readonly<Record<string, string>>;
  /** To be awaited when it was made: until then it would be made again by the next life. */
  readonly made: () => Promise<void>;
}

export interface Calling {
  readonly recipient: string;
  readonly terminal: Terminal;
  readonly leave: Leave;
}

/** The calls for messages that come one after the other, as crm_mon would make them, and of nodes beside. */
export async function* callsForMessages(
  pieces: AsyncIterable<string>,
  calling: Calling,
): AsyncGenerator<AgentCall> {
  const splitter = new MessageSplitter();
  const membership = new Membership();
  for await (const piece of pieces)
    for (const text of splitter.write(piece)) yield* callsFor(text, membership, calling);
  try {
    splitter.end();
  } catch (error) {
    sayUnreadable(error, calling);
  }
}

function callsFor(text: string, membership: Membership, calling: Calling): readonly AgentCall[] {
  const { recipient } = calling;
  try {
    const message = decodeMessage(text);
    const calls = [
      ...readAsCrmMon(message).map((event) => environmentOf(event, recipient)),
      ...nodeStateEvents(message).map((event) =>
        nodeEnvironmentOf(event, membership.classify(event), recipient),
      ),
    ];
    return calls.map((variables) => ({ variables, made: async () => {} }));
  } catch (error) {
    sayUnreadable(error, calling);
    return [];
  }
}

/** A message that cannot be read stops nobody from hearing the next one. */
function sayUnreadable(error: unknown, { terminal, leave }: Calling): void {
  if (!(error instanceof BatonError)) throw error;
  terminal.say(`baton: ${error.message}`);
  leave(error.exit);
}

const lookEveryMs = 200;

export interface Watching extends Calling {
  readonly spool: string;
  /** Whether fencings are told of. */
  readonly watchFencing: boolean;
  readonly clock: Clock;
  /** Ends the watching. */
  readonly signal: AbortSignal;
}

/** The calls for what an installed agent leaves in its spool, for as long as it is watched. */
export async function* callsForSpool(watching: Watching): AsyncGenerator<AgentCall> {
  const { spool, watchFencing, recipient, terminal, clock, signal: stop } = watching;
  const before = new ToldBefore();
  while (!stop.aborted) {
    const { spooled, refused } = await readSpool(spool);
    for (const { file, because } of refused)
      terminal.say(`baton: ${spool}/${file} was put aside: ${because}.`);
    for (const { file, signal } of spooled) {
      if (stop.aborted) return;
      const made = () => taken(spool, file);
      const isWanted = signal.kind !== 'fencing' || watchFencing;
      if (!isWanted || before.isRepeated(signal, clock.now())) await made();
      else yield { variables: signalEnvironmentOf(signal, recipient), made };
    }
    await clock.sleep(lookEveryMs, stop).catch(() => {});
  }
}
