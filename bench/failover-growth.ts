import { killThePrimary, setTheStage, strikeTheStage } from '../src/cli/demo/stage-demo.ts';

/** One failover of a primary with so many replicas, all in milliseconds from just before the kill. */
interface Trial {
  readonly replicas: number;
  /** To the first write that the successor acknowledged. */
  readonly outageMs: number;
  /** To the end of the recovery, when every replica follows the successor and the hooks have run. */
  readonly endedMs: number;
}

const quiet = () => {};
const never = new AbortController().signal;

/** Fails over clusters of these sizes, each `trials` times, and says in a table how long that took. */
export async function growthTable(
  sizes: readonly number[],
  trials: number,
): Promise<{ how: string; rows: readonly string[]; trials: readonly Trial[] }> {
  const done: Trial[] = [];
  for (const replicas of sizes)
    for (let left = trials; left > 0; left -= 1) {
      done.push(await failedOver(replicas));
      process.stderr.write(`${JSON.stringify(done.at(-1))}\n`);
    }
  const rows = sizes.map((replicas) => {
    const of = done.filter((one) => one.replicas === replicas);
    return `| ${replicas} | ${of.length} | ${spread(of, 'outageMs')} | ${spread(of, 'endedMs')} |`;
  });
  return {
    how: 'real MariaDB servers on loopback, async, DetectionConfirmMilliseconds 0, a fresh topology and controller each trial. Milliseconds from just before `kill -9`.',
    rows: [
      '| replicas | trials | first write elsewhere: min, median, max | every replica follows: min, median, max |',
      '|---|---|---|---|',
      ...rows,
    ],
    trials: done,
  };
}

async function failedOver(replicas: number): Promise<Trial> {
  const config = () => ({ DetectionConfirmMilliseconds: 0 });
  const stage = await setTheStage({ semiSync: false, servers: replicas + 1, config }, quiet, never);
  try {
    const { story, outageMs, killedAt } = await killThePrimary(stage, quiet, never);
    const { state, lost, endedAt } = story.recovery;
    if (state !== 'recovered' || lost.length > 0)
      throw new Error(`it ended as ${state}, and ${lost.length} replicas were left behind`);
    return {
      replicas,
      outageMs: outageMs ?? Number.POSITIVE_INFINITY,
      endedMs: Date.parse(endedAt ?? '') - killedAt,
    };
  } finally {
    await strikeTheStage(stage);
  }
}

function spread(trials: readonly Trial[], field: 'outageMs' | 'endedMs'): string {
  const times = trials.map((one) => one[field]).toSorted((a, b) => a - b);
  return [times[0], times[Math.floor(times.length / 2)], times.at(-1)].join(', ');
}
