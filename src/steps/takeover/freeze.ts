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
const lookAgainMs = 2;

/**
 * Makes the primary read-only, ends the connections to it, and waits until the designated replica has applied all
 * that it had executed by then. Time counts from when this takeover first made it read-only, over interruptions.
 */
export async function freeze(
  world: StepWorld,
  story: TakeoverStory,
  context: StepContext,
): Promise<Frozen | Refused> {
  const { instance } = story.finding;
  const { acts } = context;
  // Asked meanwhile, for nobody takes writes until all is done.
  const rival = rivalIn(world, story, context);
  rival.catch(() => {});
  // Whoever writes there with all rights is not bound by read-only, and an application that stays would not look elsewhere.
  const [readOnly, ended] = await acts.performInTurn(instance, [
    freezing(instance, world.settings),
    { verb: 'endConnections', instance },
  ]);
  if (readOnly?.outcome === 'failed')
    return refuse('still-writable', `${instance} could not be made read-only: ${readOnly.because}`);
  if (ended?.outcome === 'failed')
    return refuse('still-connected', `the connections to ${instance} could not be ended: ${ended.because}`);
  const reached = await caughtUp(world, story, context);
  return reached instanceof Refused ? reached : ((await rival) ?? reached);
}

/** Where UseSuperReadOnly says otherwise, accounts of every privilege are bound only if it must be proven. */
function freezing(instance: InstanceKey, { fencingRequired }: Pick<StepSettings, 'fencingRequired'>): Order {
  const order = { verb: 'setReadOnly', instance, readOnly: true } as const;
  return reaches('attempted', fencingRequired) ? order : { ...order, evenSuper: true };
}

async function caughtUp(
  world: StepWorld,
  story: TakeoverStory,
  { clock, signal, history }: StepContext,
): Promise<Frozen | Refused> {
  const { instance } = story.finding;
  const { servers, settings } = world;
  const { readOnlyMs } = settings.takeover;
  const successor = electedIn(story);
  const frozen = history().find(
    (one) => one.kind === 'act' && one.verb === 'setReadOnly' && one.instance === instance,
  );
  const until = (frozen?.at ?? clock.now()) + readOnlyMs;
  while (true) {
    const [primary, heir] = await servers.look([instance, successor], settings.lookTimeoutMs, signal);
    if (!wasRead(primary)) return refuse('primary-lost', `${instance} no longer answers: ${primary?.error}`);
    if (!primary.server.readOnly)
      return refuse('still-writable', `${instance} takes writes again: somebody else has made it`);
    if (!wasRead(heir)) return refuse('candidate-lost', `${successor} no longer answers: ${heir?.error}`);
    const has = executed(heir.server);
    const wanted = executed(primary.server);
    if (containsGtid(has, wanted))
      return {
        because: `${successor} has applied all that ${instance} has`,
        upTo: primary.server.executedGtid,
        level: primary.server.superReadOnly ? 'proven' : 'attempted',
      };
    if (clock.now() > until) {
      const left = countGtid(subtractGtid(wanted, has));
      return refuse(
        'candidate-lags',
        `${successor} still lacked ${left} transactions of ${instance} after ${spoken(readOnlyMs)} (TakeoverReadOnlySeconds)`,
      );
    }
    await clock.sleep(lookAgainMs, signal);
  }
}
