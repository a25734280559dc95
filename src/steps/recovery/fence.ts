import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { type FencingLevel, highest, reaches, readOnlyReaches } from '../../analysis/cost/fencing.ts';
import type { LastMoments } from '../../analysis/cost/last-moments.ts';
import { wasRead } from '../../engine/acts.ts';
import { type Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import type { Observation, Server } from '../../topology/observation.ts';
import {
  type FencingMeasure,
  readOnlySeen,
  runFenceCommand,
  stopWrites,
  withdraw,
} from './fencing-measures.ts';
import { momentsNow } from './moments.ts';
import { hostFencing } from './host-fencing.ts';
import { selfFencing } from './self-fencing.ts';
import { lookAtFailed, primaryAnswers, primaryIsBack } from './rivals.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

interface Fenced {
  readonly level: FencingLevel;
  readonly because: string;
  readonly measures: readonly FencingMeasure[];
  readonly moments: LastMoments | null;
  /** So many milliseconds more, and the level that is wanted is reached. */
  readonly waitMs?: number;
}

/** It is looked at so often while it is waited for, in milliseconds: it may be back. */
const longestWaitMs = 10_000;

/** Makes sure, as far as it can be made sure, that the failed primary takes no more writes. */
export async function fence(
  world: StepWorld,
  story: RecoveryStory,
  context: StepContext,
): Promise<Fenced | Refused> {
  const { instance } = story.finding;
  const seen = await lookAtFailed(world, story, context);
  const isForced = story.request?.isForced === true;
  if (wasRead(seen)) {
    if (seen.server.readOnly && (seen.server.superReadOnly || seen.server.flavour === 'mariadb'))
      return atLeast(world, story, seen, [readOnlySeen(instance, seen.server)]);
    if (!seen.server.readOnly && !isForced) return primaryIsBack(instance);
    return whyUnprovable(world, story, seen.server) ?? fenceLiving(world, story, context);
  }
  const alive = isForced ? null : primaryAnswers(seen);
  return alive ?? fenceAbsent(world, story, seen, context);
}

/** Said before it is touched: nothing that can be done to one that answers would be enough. */
function whyUnprovable(world: StepWorld, story: RecoveryStory, { flavour }: Server): Refused | null {
  const { fencingRequired } = world.settings;
  if (reaches(readOnlyReaches(flavour), fencingRequired)) return null;
  return refuse(
    'fencing-level',
    `${story.finding.instance} answers, and read-only there would bind no account that has READ ONLY ADMIN: nobody could prove that it takes no writes, and FencingLevelRequired is "${fencingRequired}"; it was not touched`,
  );
}

/** One that a person wants replaced, and that answers: it is told to take no more writes, and seen to obey. */
async function fenceLiving(
  world: StepWorld,
  story: RecoveryStory,
  context: StepContext,
): Promise<Fenced | Refused> {
  const { instance } = story.finding;
  const stopped = await stopWrites(instance, context);
  const [seen] = await lookAt(world, [instance], context.signal);
  if (wasRead(seen) && seen.server.readOnly)
    return atLeast(world, story, seen, [readOnlySeen(instance, seen.server, stopped.because)]);
  if (wasRead(seen)) return refuse('primary-back', `${stopped.because}; it still takes writes`);
  return fenceAbsent(world, story, seen, context, [stopped]);
}

/** One that cannot be asked: whatever reaches it, or whoever writes to it, from elsewhere. */
async function fenceAbsent(
  world: StepWorld,
  story: RecoveryStory,
  seen: Observation | undefined,
  context: StepContext,
  before: readonly FencingMeasure[] = [],
): Promise<Fenced | Refused> {
  const { instance } = story.finding;
  const { fencingRequired, fencingReachable, fenceCommand } = world.settings;
  const host = await hostFencing(world, story, context);
  const known = host === null ? before : [...before, host.measure];
  if (!reaches(highest([fencingReachable, ...known.map(({ level }) => level)]), fencingRequired)) {
    if (host !== null && host.waitMs > 0)
      return { ...fenced(world, story, seen, known), waitMs: host.waitMs };
    const idle = fenceCommand === null ? '' : '; FenceCommand, whose end would be no proof, was not run';
    const tried = before.map(({ because }) => `; ${because}`).join('');
    return refuse(
      'fencing-level',
      `nobody can prove that ${instance} takes no writes (${seen?.error ?? 'it does not answer'}${tried}), and FencingLevelRequired is "${fencingRequired}"${idle}`,
    );
  }
  const taken = await Promise.all([withdraw(story, context), runFenceCommand(world, story, context)]);
  const measures = [...known, ...taken.filter((measure) => measure !== null)];
  const time = await selfFencing(world, story, seen, context);
  if (time === null) return atLeast(world, story, seen, measures);
  if (time.leftMs === 0) return atLeast(world, story, seen, [...measures, time.measure]);
  const so = fenced(world, story, seen, measures);
  if (reaches(so.level, fencingRequired) || !reaches('timed', fencingRequired))
    return atLeast(world, story, seen, measures);
  return {
    ...fenced(world, story, seen, [...measures, time.measure]),
    waitMs: Math.min(time.leftMs, longestWaitMs),
  };
}

/** Refused below the level that the configuration wants. */
function atLeast(
  world: StepWorld,
  story: RecoveryStory,
  seen: Observation | undefined,
  measures: readonly FencingMeasure[],
): Fenced | Refused {
  const { instance } = story.finding;
  const { fencingRequired } = world.settings;
  const answer = fenced(world, story, seen, measures);
  if (reaches(answer.level, fencingRequired)) return answer;
  const so = measures.length === 0 ? (seen?.error ?? 'it does not answer') : answer.because;
  return refuse(
    'fencing-level',
    `nobody can prove that ${instance} takes no writes (${so}), and FencingLevelRequired is "${fencingRequired}"`,
  );
}

function fenced(
  world: StepWorld,
  story: RecoveryStory,
  seen: Observation | undefined,
  measures: readonly FencingMeasure[],
): Fenced {
  const isStill = wasRead(seen);
  const at = seen?.at ?? 0;
  // A look that nobody could have answered is a try as well.
  const level = highest(['attempted', ...measures.map((measure) => measure.level)]);
  const isGone = seen?.echo === 'refused' || (level === 'proven' && !isStill);
  const because =
    measures.length === 0
      ? `${seen?.error}, so nothing more can be done to keep writes from it`
      : measures.map((measure) => measure.because).join('; ');
  return {
    level,
    because,
    measures,
    moments: momentsNow(world, story, { goneAt: isGone ? at : null, isStill }),
  };
}
