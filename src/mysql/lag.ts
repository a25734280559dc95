import { messageOf } from '../kernel/errors.ts';
import type { Observation } from '../topology/observation.ts';

/** How much longer than everything else a look may take for the operator's lag query. */
const patienceMs = 250;

/**
 * A look in which a replica's lag is what ReplicationLagQuery says, one statement more over another
 * connection. Where that fails, is late or gives no number, the lag is the server's own, as in orchestrator
 * 3.2.6, and the look says what it lacks.
 */
export async function withLag(
  looking: Promise<Observation>,
  asking: Promise<string | null>,
): Promise<Observation> {
  const answer = asking.then(lagIn, (error: unknown) => `failed: ${messageOf(error)}`);
  const seen = await looking;
  const { server } = seen;
  if (server === null || server.replication === null) return seen;
  const lag = await inTime(answer);
  if (typeof lag === 'string')
    return { ...seen, server: { ...server, lacks: [...server.lacks, `ReplicationLagQuery ${lag}`] } };
  return { ...seen, server: { ...server, replication: { ...server.replication, lagSeconds: lag } } };
}

/** Seconds, or what is wrong with the answer. */
function lagIn(value: string | null): number | string {
  const seconds = value === null || value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(seconds)) return `gave ${value === null ? 'nothing' : 'no number'}`;
  return Math.max(0, seconds);
}

async function inTime(answer: Promise<number | string>): Promise<number | string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`was not answered within ${patienceMs} ms`), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
