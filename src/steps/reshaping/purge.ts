import type { Operation } from '../../../workflows/operation.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import { compareCoordinates } from '../../topology/coordinates.ts';
import { type Instance, replicasAmong } from '../../topology/snapshot.ts';
import { ordered, refused, type ReshapingPlan, type Shape, whyUnread } from './shape.ts';

type Purge = Extract<Operation, { verb: 'purge-binary-logs' }>;

/**
 * Every replica must be past what is thrown away, by what it has applied: MariaDB may ask again for what it has only
 * received. One that cannot be asked keeps everything, unless whoever asks takes that upon himself (orchestrator’s `force`).
 */
export function purge(shape: Shape, { key, server }: Instance, { before, force }: Purge): ReshapingPlan {
  const now = server?.binlogCoordinates ?? null;
  if (now === null) return refused(`${key} writes no binary log`);
  const file = before === 'latest' ? now.file : before;
  if (baseOf(file) !== baseOf(now.file) || compareCoordinates(begin(file), begin(now.file)) > 0)
    return refused(`${file} is no file of the binary log of ${key}, which writes ${now.file} now`);
  const against = force ? [] : whyNeeded(shape, { key, listed: server?.listedReplicas ?? [], file });
  if (against.length > 0) return { refusals: against, actions: [] };
  return ordered({ verb: 'purgeBinlog', instance: key, before: file });
}

function whyNeeded(
  { members }: Shape,
  { key, listed, file }: { key: InstanceKey; listed: readonly InstanceKey[]; file: string },
): readonly string[] {
  const known = replicasAmong(members, key);
  const strangers = listed.filter((one) => !members.some((member) => member.key === one));
  return [
    ...known.flatMap((replica) => {
      const unread = whyUnread(replica);
      if (unread.length > 0) return unread.map((because) => `${because}, and may need what is older`);
      const replication = replica.server?.replication ?? null;
      const at = replication?.execCoordinates ?? replication?.readCoordinates ?? null;
      if (at !== null && compareCoordinates(begin(at.file), begin(file)) >= 0) return [];
      return [`${replica.key} still needs ${at === null ? 'nobody knows which file' : at.file} of it`];
    }),
    ...strangers.map((one) => `${one} replicates from it too, and nobody here knows where it stands`),
  ];
}

function begin(file: string) {
  return { file, position: 0 };
}

function baseOf(file: string): string {
  return file.slice(0, file.lastIndexOf('.'));
}
