import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lostInRecovery } from '../../src/topology/lost.ts';
import { type Known, Roll } from '../../src/controller/roll.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import { type Drawable, drawClusters } from '../../src/topology/drawing.ts';
import { type Instance, isCheckValid, newInstance, upstreamOf } from '../../src/topology/snapshot.ts';
import { primary, readAt, replica } from '../topology/instances.ts';

/** Everything that is drawn, drawn anew each time: what the roll must come to with less work. */
class DrawnWhole {
  #known = new Map<InstanceKey, Known>();

  get(key: InstanceKey): Known | null {
    return this.#known.get(key) ?? null;
  }

  put(key: InstanceKey, known: Known): void {
    this.#known.set(key, known);
  }

  remove(key: InstanceKey): void {
    this.#known.delete(key);
  }

  redraw(mint: (root: InstanceKey) => string): void {
    const drawables = [...this.#known].map(
      ([key, { instance, clusterId }]): Drawable => ({
        key,
        source: this.#above(instance),
        clusterName: instance.clusterName,
        clusterId,
        isPresent: isCheckValid(instance),
        isLost: instance.downtime !== null || instance.replaced !== null,
      }),
    );
    for (const [key, { clusterId, ...place }] of drawClusters(drawables, mint)) {
      const known = this.#known.get(key);
      if (known !== undefined) this.#known.set(key, { clusterId, instance: { ...known.instance, ...place } });
    }
  }

  #above(instance: Instance): InstanceKey | null {
    const by = instance.replaced?.by ?? null;
    const successor = by === null ? undefined : this.#known.get(by);
    const follows = upstreamOf(instance);
    if (follows !== null || successor === undefined) return follows ?? by;
    return upstreamOf(successor.instance) === instance.key ? null : by;
  }

  get all(): Known[] {
    return [...this.#known.values()];
  }
}

type Either = Pick<Roll, 'get' | 'put' | 'remove'>;
type Change = (known: Either) => void;

const key = fc.constantFrom<InstanceKey>('a:1', 'b:1', 'c:1', 'd:1', 'e:1', 'f:1', 'g:1');
const source = fc.option(fc.oneof(key, fc.constant<InstanceKey>('unmet:1')));

const changed = (at: InstanceKey, known: Either, what: (instance: Instance) => Instance) => {
  const before = known.get(at) ?? { instance: newInstance(at), clusterId: null };
  known.put(at, { ...before, instance: what(before.instance) });
};

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(key, source).map(([at, from]) => read(at, from)) },
  { weight: 2, arbitrary: fc.tuple(key, key).map(([at, first]) => joined(at, first)) },
  fc.tuple(key, fc.boolean()).map(([at, answers]) => checked(at, answers)),
  fc.tuple(key, fc.boolean()).map(([at, isLost]) => marked(at, isLost)),
  fc.tuple(key, fc.option(key)).map(([at, by]) => replaced(at, by)),
  key.map(
    (at): Change =>
      (known) =>
        known.remove(at),
  ),
  fc.tuple(key, key).map(([from, to]) => given(from, to)),
);

function read(at: InstanceKey, from: InstanceKey | null): Change {
  const { server, checks } = from === null ? primary(at) : replica(at, from);
  return (known) => changed(at, known, (instance) => ({ ...instance, server, checks }));
}

/** A member of a group whose primary is `first`. */
function joined(at: InstanceKey, first: InstanceKey): Change {
  const { server, checks } = primary(at, { server: { group: groupOf(at, first) } });
  return (known) => changed(at, known, (instance) => ({ ...instance, server, checks }));
}

function groupOf(at: InstanceKey, first: InstanceKey) {
  const role = at === first ? 'PRIMARY' : 'SECONDARY';
  const others = at === first ? [] : [{ key: first, state: 'ONLINE', role: 'PRIMARY' }];
  return { name: 'g', state: 'ONLINE', role, members: [{ key: at, state: 'ONLINE', role }, ...others] };
}

function checked(at: InstanceKey, answers: boolean): Change {
  const checkedAt = answers ? readAt : readAt + 1;
  return (known) =>
    changed(at, known, (instance) => ({
      ...instance,
      checks: { ...instance.checks, seenAt: readAt, checkedAt },
    }));
}

function marked(at: InstanceKey, isLost: boolean): Change {
  const downtime = isLost ? lostInRecovery(readAt) : null;
  return (known) => changed(at, known, (instance) => ({ ...instance, downtime }));
}

function replaced(at: InstanceKey, by: InstanceKey | null): Change {
  const replacement = by === null || by === at ? null : { by, recovery: '1:f00', at: readAt };
  return (known) => changed(at, known, (instance) => ({ ...instance, replaced: replacement }));
}

/** As when two addresses turn out to be one server: one takes over the other's cluster. */
function given(from: InstanceKey, to: InstanceKey): Change {
  return (known) => {
    const [giver, taker] = [known.get(from), known.get(to)];
    if (giver !== null && taker !== null) known.put(to, { ...taker, clusterId: giver.clusterId });
  };
}

it('draws around what has moved what a drawing of everything would be, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), (rounds) => {
      const [roll, whole] = [new Roll(), new DrawnWhole()];
      for (const [round, changes] of rounds.entries()) {
        for (const each of changes) for (const known of [roll, whole]) each(known);
        const mint = (root: InstanceKey) => `${root} ${round}`;
        for (const known of [roll, whole]) known.redraw(mint);
        const ids = [...new Set(whole.all.flatMap(({ clusterId }) => clusterId ?? []))];
        expect(roll.keys.map((at) => roll.get(at))).toMatchObject(whole.all);
        expect(roll.instances).toEqual(whole.all.map(({ instance }) => instance));
        expect(roll.clusterIds).toEqual(ids);
        for (const id of ids)
          expect(roll.members(id)).toEqual(
            whole.all.filter(({ clusterId }) => clusterId === id).map(({ instance }) => instance),
          );
        for (const { instance } of whole.all) {
          const replicas = whole.all.filter((one) => sourceOf(one) === instance.key);
          expect(new Set(roll.replicasOf(instance.key))).toEqual(
            new Set(replicas.map((one) => one.instance)),
          );
        }
      }
    }),
    { numRuns: 300 },
  );
});

const sourceOf = ({ instance }: Known) => instance.server?.replication?.source ?? null;

it('draws a replication group as one cluster, named for its primary, and its replicas with it', () => {
  const roll = new Roll();
  for (const at of ['a:1', 'b:1', 'c:1'] as const)
    roll.put(at, { instance: primary(at, { server: { group: groupOf(at, 'b:1') } }), clusterId: null });
  roll.put('d:1', { instance: replica('d:1', 'c:1'), clusterId: null });
  roll.redraw((root) => `id of ${root}`);
  expect(roll.keys.map((at) => [at, roll.get(at)?.clusterId, roll.get(at)?.instance.depth])).toEqual([
    ['a:1', 'id of b:1', 1],
    ['b:1', 'id of b:1', 0],
    ['c:1', 'id of b:1', 1],
    ['d:1', 'id of b:1', 2],
  ]);
});

it('notices that whoever took the place of another one follows it', () => {
  const [roll, whole] = [new Roll(), new DrawnWhole()];
  for (const known of [roll, whole])
    for (const change of [
      read('b:1', null),
      read('a:1', null),
      replaced('b:1', 'a:1'),
      replaced('a:1', 'b:1'),
    ]) {
      change(known);
      known.redraw((root) => root);
    }
  for (const known of [roll, whole]) {
    read('a:1', 'b:1')(known);
    known.redraw((root) => root);
  }
  expect(roll.keys.map((at) => roll.get(at))).toMatchObject(whole.all);
});
