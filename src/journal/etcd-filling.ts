import { z } from 'zod';
import type { Change, Etcd } from '../etcd/etcd.ts';
import { BatonError } from '../kernel/errors.ts';
import type { Filling, Part, StoredRun } from './archive.ts';
import { type Keys, keysBelow } from './etcd-keys.ts';
import { asOpening, written } from './written.ts';

/** What etcd takes in one transaction, with room to spare: 128 operations, 1.5 MiB. */
const mostChanges = 100;
const mostBytes = 500_000;

const Record = z.looseObject({ seq: z.number() });

/**
 * An etcd that takes in another journal, as long as nobody leads there. What was put stays where a later
 * part fails: `etcdctl del --prefix` of the prefix makes it empty again.
 */
export function fillEtcd({ etcd, prefix }: { etcd: Etcd; prefix: string }): Filling {
  const keys = keysBelow(prefix);

  async function write(change: readonly Change[]): Promise<void> {
    const { done } = await etcd.transact({ when: [{ key: keys.leader, created: 0 }], change });
    if (!done)
      throw new BatonError(
        'journal-unusable',
        `a controller leads below ${prefix}: stop all of them, and empty the prefix if something was put there`,
      );
  }

  return {
    async isEmpty() {
      return (await etcd.read({ prefix, limit: 1 })).pairs.length === 0;
    },
    async put(parts) {
      for (const changes of bundlesOf(parts.flatMap((part) => changesOf(part, keys)))) await write(changes);
    },
    async finish({ runs, anchors }) {
      await write([
        { put: keys.counted('runs'), value: String(runs) },
        { put: keys.counted('anchors'), value: String(anchors) },
      ]);
    },
  };
}

type Put = Extract<Change, { put: string }>;

function changesOf(part: Part, keys: Keys): readonly Put[] {
  if (part.kind === 'run') return changesOfRun(part.run, keys);
  if (part.kind === 'anchor') return [{ put: keys.anchor(part.anchor.seq), value: written(part.anchor) }];
  const { room, name, value } = part.fact;
  return [{ put: keys.kept(room, name), value: written(value) }];
}

function changesOfRun(run: StoredRun, keys: Keys): readonly Put[] {
  const { number, uid, opening, seal, records, lastSeal, end, acknowledged } = run;
  const { workflow, subject, exclusive } = asOpening(opening);
  const isGoing = end === null;
  const puts: readonly (readonly [key: string, value: string] | null)[] = [
    ...records.map(
      (one) =>
        [
          keys.record(uid, Record.parse(one.record).seq),
          written({ ...Record.parse(one.record), seal: one.seal }),
        ] as const,
    ),
    [keys.run(uid), written({ opening, number, seal })],
    [keys.last(uid), lastSeal],
    ...keys.places({ uid, workflow, subject, number }).map(({ key, value }) => [key, value] as const),
    isGoing ? [keys.open(number), uid] : [keys.end(uid), written(end)],
    isGoing && exclusive ? [keys.claim(subject), uid] : null,
    acknowledged === null ? null : [keys.acknowledged(uid), written(acknowledged)],
  ];
  return puts.flatMap((one) => (one === null ? [] : [{ put: one[0], value: one[1] }]));
}

/** As much as goes into one transaction each. */
function* bundlesOf(puts: readonly Put[]): Generator<readonly Put[]> {
  let bundle: Put[] = [];
  let bytes = 0;
  for (const put of puts) {
    const size = put.put.length + Buffer.byteLength(put.value);
    if (bundle.length > 0 && (bundle.length === mostChanges || bytes + size > mostBytes)) {
      yield bundle;
      [bundle, bytes] = [[], 0];
    }
    bundle.push(put);
    bytes += size;
  }
  if (bundle.length > 0) yield bundle;
}
