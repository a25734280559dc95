import { join } from 'node:path';
import type { RecoveryStory } from '../../../workflows/recovery.ts';
import { holdings, unreadableGtidOf } from '../../analysis/choice/candidates.ts';
import type { Tail } from '../../analysis/cost/tail.ts';
import { wasRead } from '../../engine/acts.ts';
import type { CommandRan } from '../../engine/ports.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { toldOutcome } from '../../engine/telling.ts';
import { shortUid } from '../../kernel/uid.ts';
import { type Coordinates, compareCoordinates } from '../../topology/coordinates.ts';
import { containsGtid, unionGtid } from '../../topology/gtid/arithmetic.ts';
import { parseGtid } from '../../topology/gtid/parse.ts';
import { gtidText } from '../../topology/gtid/text.ts';
import type { Server } from '../../topology/observation.ts';
import { hookFacts, recoveryUidOf } from '../hook-facts.ts';
import { momentsIn } from './moments.ts';
import { replicasOf } from './replicas-of.ts';
import { lookAt, type StepWorld } from '../step-world.ts';

/** What a variable may hold; a set that is longer is left out. */
const longestText = 32_768;

/**
 * Has RescueCommand read what only the failed primary's binary log has, and files it. Nothing of it is applied unless the
 * configuration says how: what was in the log of a server that died was told to nobody, perhaps, and only a person can say
 * what it is worth.
 */
export async function rescue(
  world: StepWorld,
  story: RecoveryStory,
  context: StepContext,
): Promise<{ because: string; tail: Tail | null; applies?: boolean }> {
  const { rescueCommand } = world.settings;
  const { instance } = story.finding;
  const moments = momentsIn(context.history());
  if (moments?.isFinal === true || moments?.isReadOnly === true)
    return {
      because: `${instance} answers, and what it has was there for its replicas to receive`,
      tail: null,
    };
  if (rescueCommand === null) return { because: 'no way to rescue anything is configured', tail: null };
  const { uid, signal } = context;
  const had = await whatIsHad(world, story, context);
  const file = `${shortUid(recoveryUidOf(uid))}.sql`;
  const ran = await world.hooks.runCommand({
    name: 'RescueCommand',
    command: rescueCommand.command,
    facts: hookFacts(world, story, uid),
    variables: had.variables,
    timeoutMs: rescueCommand.timeoutMs,
    once: true,
    says: `RescueCommand reads what only ${instance} has`,
    into: { folder: rescueCommand.folder, file, limitBytes: rescueCommand.limitBytes },
    context,
  });
  signal.throwIfAborted();
  const known = unionGtid(had.gtids, parseGtid((ran.saved?.gtids ?? []).join(',')));
  const reachesFar = moments === null || containsGtid(known, parseGtid(moments.executedGtid));
  const answer = filed(ran, { file: join(rescueCommand.folder, file), reachesFar });
  const hasAny = answer.tail !== null && answer.tail.gtids !== '';
  return { ...answer, applies: hasAny && rescueCommand.applyCommand !== null };
}

/** Where the tail begins that nobody has: behind the last place in the primary's log that any replica has read. */
async function whatIsHad(world: StepWorld, story: RecoveryStory, { history, signal }: StepContext) {
  const seen = await lookAt(world, replicasOf(story, history()), signal);
  const servers = seen
    .filter(wasRead)
    .map(({ server }) => server)
    .filter(
      (server) => server.replication?.source === story.finding.instance && unreadableGtidOf(server) === null,
    );
  const gtids = servers.reduce((sum, server) => unionGtid(sum, holdings(server)), parseGtid(''));
  const text = gtidText(gtids);
  const place = furthest(servers);
  return {
    gtids,
    variables: {
      BATON_RESCUE_BINLOG: place?.file ?? '',
      BATON_RESCUE_POSITION: place === null ? '' : String(place.position),
      BATON_RESCUE_GTIDS: text.length > longestText ? '' : text,
    },
  };
}

function furthest(servers: readonly Server[]): Coordinates | null {
  return servers.reduce<Coordinates | null>((most, { replication }) => {
    const read = replication?.readCoordinates ?? null;
    return read !== null && (most === null || compareCoordinates(read, most) > 0) ? read : most;
  }, null);
}

function filed(
  { outcome, isRecalled, saved }: CommandRan,
  { file, reachesFar }: { file: string; reachesFar: boolean },
): { because: string; tail: Tail | null } {
  const ended = `RescueCommand ${toldOutcome(outcome)}${isRecalled ? ', and is not run again' : ''}`;
  const worked = outcome.ended === 'exited' && outcome.exitCode === 0;
  if (saved === null || saved.bytes === 0) return { because: `${ended} and wrote nothing`, tail: null };
  const { bytes, gtids } = saved;
  const isWhole = worked && saved.isWhole && gtids !== null && reachesFar;
  const count = gtids === null ? 'many' : gtids.length === 0 ? 'no' : String(gtids.length);
  return {
    because: `${ended}; ${count} ${count === '1' ? 'transaction is' : 'transactions are'} filed in ${file}${isWhole ? '' : ', which may not be all'}`,
    tail: { file, bytes, gtids: (gtids ?? []).join(','), isWhole },
  };
}
