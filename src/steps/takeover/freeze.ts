import type { TakeoverStory } from '../../../workflows/takeover.ts';
import { reaches } from '../../analysis/cost/fencing.ts';
import { executed } from '../../analysis/choice/candidates.ts';
import { wasRead } from '../../engine/acts.ts';
import { Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { spoken } from '../../kernel/duration.ts';
import { containsGtid, countGtid, subtractGtid } from '../../topology/gtid/arithmetic.ts';
import { electedIn } from '../recovery/elected.ts';
import type { Order } from '../../engine/ports.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { StepSettings, StepWorld } from '../step-world.ts';
import { rivalIn } from './rival.ts';

interface Frozen {
  readonly because: string;
  /** What the old primary had executed by then, as GTIDs. */
  readonly upTo: string;
  /** It was seen on the old primary itself that it takes no writes: from anybody, or from all but accounts with a right to. */
  readonly level: 'proven' | 'attempted';
}

/** Between two looks while nobody takes writes. */
export const lookAgainMs = 2;

/**
 * Makes the primary read-only, ends the connections to it, and waits until the designated replica has applied all
 * that it had executed by then.
 */
export async function freeze(
  world: StepWorld,
  story: TakeoverStory,
  context: StepContext,
): Promise<Frozen | Refused> {
  // All at once, for nobody takes writes until it is done.
  const rival = rivalIn(world, story, context);
  rival.catch(() => {});
  let closed: Closed = 'not yet';
  const closing = closeTo(world, story, context).then(
    (refused) => {
      closed = refused === null ? 'yes' : 'no';
      return refused;
    },
    (error: unknown) => {
      closed = 'no';
      throw error;
    },
  );
  const [refused, reached] = await Promise.all([closing, caughtUp(world, story, context, () => closed)]);
  if (refused !== null) return refused;
  return reached instanceof Refused ? reached : ((await rival) ?? reached);
}

/** Whether the primary takes no writes any more, and its connections have ended; `no` where it would not. */
type Closed = 'not yet' | 'yes' | 'no';

/** Until when the designated replica may catch up: counted from when this takeover first made the primary read-only, over interruptions. */
export function frozenUntil(
  { settings }: StepWorld,
  { finding: { instance } }: TakeoverStory,
  { clock, history }: Pick<StepContext, 'clock' | 'history'>,
): number {
  const frozen = history().find(
    (one) => one.kind === 'act' && one.verb === 'setReadOnly' && one.instance === instance,
  );
  return (frozen?.at ?? clock.now()) + settings.takeover.readOnlyMs;
}

async function closeTo(
  { settings }: StepWorld,
  { finding: { instance } }: TakeoverStory,
  { acts }: StepContext,
): Promise<Refused | null> {
  // Whoever writes there with all rights is not bound by read-only, and an application that stays would not look elsewhere.
  const [readOnly, ended] = await acts.performInTurn(instance, [
    freezing(instance, settings),
    { verb: 'endConnections', instance },
  ]);
  if (readOnly?.outcome === 'failed')
    return refuse('still-writable', `${instance} could not be made read-only: ${readOnly.because}`);
  return ended?.outcome === 'failed'
    ? refuse('still-connected', `the connections to ${instance} could not be ended: ${ended.because}`)
    : null;
}

/** Where UseSuperReadOnly says otherwise, accounts of every privilege are bound only if it must be proven. */
function freezing(instance: InstanceKey, { fencingRequired }: Pick<StepSettings, 'fencingRequired'>): Order {
  const order = { verb: 'setReadOnly', instance, readOnly: true } as const;
  return mustBeProven({ fencingRequired }) ? { ...order, evenSuper: true } : order;
}

function mustBeProven({ fencingRequired }: Pick<StepSettings, 'fencingRequired'>): boolean {
  return !reaches('attempted', fencingRequired);
}

/** What is written between its last look and the end of the last connection is waited for when the last look of all is taken. */
async function caughtUp(
  world: StepWorld,
  story: TakeoverStory,
  { clock, signal, history }: StepContext,
  closed: () => Closed,
): Promise<Frozen | Refused> {
  const { instance } = story.finding;
  const { servers, settings } = world;
  const successor = electedIn(story);
  while (true) {
    const mustBeClosed = closed() !== 'not yet';
    const [primary, heir] = await servers.look([instance, successor], settings.lookTimeoutMs, signal);
    if (!wasRead(primary)) return refuse('primary-lost', `${instance} no longer answers: ${primary?.error}`);
    if (!primary.server.readOnly && mustBeClosed)
      return refuse('still-writable', `${instance} takes writes again: somebody else has made it`);
    if (!wasRead(heir)) return refuse('candidate-lost', `${successor} no longer answers: ${heir?.error}`);
    const has = executed(heir.server);
    const wanted = executed(primary.server);
    // A server says read_only a moment before it says super_read_only.
    const isFrozen = mustBeClosed || !mustBeProven(settings) || primary.server.superReadOnly;
    if (primary.server.readOnly && isFrozen && containsGtid(has, wanted))
      return {
        because: `${successor} has applied all that ${instance} has`,
        upTo: primary.server.executedGtid,
        level: primary.server.superReadOnly ? 'proven' : 'attempted',
      };
    if (closed() === 'no' || clock.now() > frozenUntil(world, story, { clock, history })) {
      const left = countGtid(subtractGtid(wanted, has));
      return refuse(
        'candidate-lags',
        `${successor} still lacked ${left} transactions of ${instance} after ${spoken(settings.takeover.readOnlyMs)} (TakeoverReadOnlySeconds)`,
      );
    }
    await clock.sleep(lookAgainMs, signal);
  }
}
