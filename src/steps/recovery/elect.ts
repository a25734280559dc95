import type { RecoveryStory } from '../../../workflows/recovery.ts';
import type { Candidate } from '../../analysis/choice/candidates.ts';
import { chooseSuccessor } from '../../analysis/choice/choose-successor.ts';
import { wasRead } from '../../engine/acts.ts';
import { refuse, type StepContext } from '../../engine/step-context.ts';
import { costOf } from './cost.ts';
import { designationIn } from './designation.ts';
import { orphansOf } from './orphans.ts';
import { replicasOf } from './replicas-of.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** Chooses the successor among the replicas, now that what each has received is final. */
export async function elect(world: StepWorld, story: RecoveryStory, context: StepContext) {
  const { acts, signal, history } = context;
  const { finding, cluster, lost } = story;
  // One that could not be reached a moment ago may have the most of all.
  await Promise.all(lost.map(({ instance }) => acts.perform({ verb: 'stopReceiving', instance })));
  const replicas = replicasOf(story, history());
  const seen = await lookAt(world, replicas, signal);
  const members = new Map(world.inventory.members(cluster.id).map((one) => [one.key, one]));
  const orphans = await orphansOf(
    world,
    { failed: finding.instance, seen, members: [...members.values()] },
    signal,
  );
  // One of them may follow another by now, to fetch from it.
  const about = [...replicas, ...orphans.seen.map(({ key }) => key)];
  const sources = new Set([finding.instance, ...about]);
  const own = seen.filter(wasRead).flatMap(({ key, server }): Candidate[] => {
    const instance = members.get(key);
    const source = server.replication?.source;
    return instance === undefined || source === undefined || !sources.has(source)
      ? []
      : [{ instance, server }];
  });
  const reached = [...own, ...orphans.candidates];
  const choice = chooseSuccessor(reached, {
    failed: members.get(finding.instance) ?? null,
    rules: world.settings.promotion,
    ...designationIn(story, { reached, members, mustWin: world.settings.coPrimaryMustWin }),
  });
  if (choice.successor === null) return refuse('no-candidate', choice.because);
  const cost = costOf(
    world,
    story,
    { seen: [...seen, ...orphans.seen], replicas: about, ...choice },
    context,
  );
  if (cost.hold !== null) return refuse('evidence-missing', cost.hold);
  const needed = reached.filter(({ instance: { key } }) => key === choice.successor || key === choice.donor);
  // Somebody has stopped it, and without it what was received is of no use to anybody.
  for (const { instance, server } of needed)
    if (server.replication?.sqlThread === 'stopped')
      await acts.perform({ verb: 'startApplying', instance: instance.key });
  return { ...choice, cost: cost.verdict, costIfStill: cost.ifStill };
}
