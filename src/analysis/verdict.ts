import { z } from 'zod';
import { InstanceKey } from '../kernel/instance-key.ts';
import { type Instance, isCheckValid } from '../topology/snapshot.ts';
import { type HostSignal, isAgainst, proofOf, toldSignal } from './host-signal.ts';

/** What one observer says of an instance. */
const Vote = z.object({
  /** The controller by the name of its machine, a replica by its address, or another system that watches hosts by its name. */
  observer: z.string(),
  kind: z.enum(['controller', 'replica', 'host']),
  says: z.enum(['dead', 'alive', 'unknown']),
  /** One sentence. */
  because: z.string(),
  /** How long ago it gave its word, in milliseconds on Baton's clock; null where it never gave one. */
  ageMs: z.number().nullable(),
});
type Vote = z.infer<typeof Vote>;

/** Who says what of an instance that is suspected, and what follows from it. */
export const Verdict = z.object({
  instance: InstanceKey,
  votes: z.array(Vote).readonly(),
  /** Dead where Baton and another say so and nobody says that it lives; alive where anybody does. */
  says: z.enum(['dead', 'alive', 'undecided']),
});
export type Verdict = z.infer<typeof Verdict>;

/** What another controller says of an instance: that it is dead, or nothing. */
export type Testimony = Omit<Vote, 'kind'>;

/** `replicas` are those of `instance`, `controller` is the name of the machine we look from. */
export function verdictOn(
  instance: Instance,
  replicas: readonly Instance[],
  how: {
    controller: string;
    now: number;
    colleagues?: readonly Testimony[];
    /** What other systems say of the host that it runs on. */
    signals?: readonly HostSignal[];
  },
): Verdict {
  const { controller, now, colleagues = [], signals = [] } = how;
  const own = ownVote(instance, controller, now);
  const ofReplicas = replicas.map((replica) => voteOf(replica, instance, now));
  const ofHosts = signals.map((signal) => hostVote(signal, instance, now));
  const ofColleagues = colleagues.map((one) => ({ ...one, kind: 'controller' as const }));
  return {
    instance: instance.key,
    votes: [own, ...ofColleagues, ...ofReplicas, ...ofHosts],
    says: outcomeOf(own, [...ofReplicas, ...ofHosts]),
  };
}

/** What colleagues say is weighed by a gate of its own, as far as DetectionQuorum wants it. */
function outcomeOf(own: Vote, others: readonly Vote[]): Verdict['says'] {
  if ([own, ...others].some(({ says }) => says === 'alive')) return 'alive';
  // A controller that alone hears nothing may itself be cut off.
  return own.says === 'dead' && others.some(({ says }) => says === 'dead') ? 'dead' : 'undecided';
}

/** What a controller says of an instance by its own looks. */
export function ownVote(instance: Instance, controller: string, now: number): Vote {
  const { key, checks } = instance;
  const vote = { observer: controller, kind: 'controller' as const };
  if (checks.checkedAt === 0)
    return { ...vote, says: 'unknown', because: `it has not looked at ${key} yet`, ageMs: null };
  const ageMs = now - checks.checkedAt;
  if (isCheckValid(instance)) return { ...vote, says: 'alive', because: `${key} answers`, ageMs };
  const because = checks.error ?? `${key} did not answer`;
  return { ...vote, says: checks.echo === 'answered' ? 'alive' : 'dead', because, ageMs };
}

function voteOf(replica: Instance, { key }: Instance, now: number): Vote {
  const vote = { observer: replica.key, kind: 'replica' as const };
  const { checks, server } = replica;
  const ageMs = checks.seenAt === 0 ? null : now - checks.seenAt;
  if (!isCheckValid(replica) || server === null)
    return { ...vote, says: 'unknown', because: 'it cannot be asked', ageMs };
  switch (server.replication?.ioThread) {
    case 'running':
      return { ...vote, says: 'alive', because: `it is connected to ${key}`, ageMs };
    case 'connecting':
      return { ...vote, says: 'dead', because: tries(key, server.replication.lastIoError), ageMs };
    default:
      return { ...vote, says: 'unknown', because: 'its receiving thread is stopped', ageMs };
  }
}

/** A host that is well says nothing of the server on it, and one that was fenced before the server was last heard of runs again. */
function hostVote(signal: HostSignal, instance: Instance, now: number): Vote {
  const counts = signal.says === 'fenced' ? proofOf([signal], instance) !== null : isAgainst(signal);
  return {
    observer: signal.from,
    kind: 'host',
    says: counts ? 'dead' : 'unknown',
    because: `${toldSignal(signal, now)}: ${signal.because}`,
    ageMs: Math.max(0, now - signal.at),
  };
}

function tries(key: InstanceKey, error: string): string {
  return `it tries to connect to ${key} and cannot${error === '' ? '' : `: ${error}`}`;
}

/** In one line: `2 of 3 observers say that it is dead, none that it lives`. */
export function toldVerdict({ votes }: Verdict): string {
  const count = (says: Vote['says']) => votes.filter((vote) => vote.says === says).length;
  const alive = count('alive');
  return `${count('dead')} of ${votes.length} observers say that it is dead, ${alive === 0 ? 'none' : alive} that it lives`;
}
