import { expect, it } from 'vitest';
import { Assembly, shared } from '../../web/src/live/standing.ts';

const head = (id: string, members: readonly string[], readiness = 100) =>
  JSON.stringify({ id, name: id, alias: id, domain: '', readiness, members });
const instance = (key: string, cluster: string, lagSeconds = 0) =>
  JSON.stringify({ instance: key, cluster, lagSeconds });

function assembled() {
  const assembly = new Assembly();
  assembly.take('clusters', '["one","two"]');
  assembly.take('cluster', head('one', ['a:1', 'b:1']));
  for (const key of ['a:1', 'b:1']) assembly.take('instance', instance(key, 'one'));
  return assembly;
}

it('shows no clusters before all of them have come', () => {
  const assembly = assembled();
  expect(assembly.standing.clusters).toBeNull();
  assembly.take('cluster', head('two', []));
  expect(assembly.standing.clusters).toMatchObject([
    { id: 'one', instances: [{ instance: 'a:1' }, { instance: 'b:1' }] },
    { id: 'two', instances: [] },
  ]);
});

it('leaves what has not changed the very object that it was', () => {
  const assembly = assembled();
  assembly.take('cluster', head('two', []));
  const before = assembly.standing.clusters;
  assembly.take('instance', instance('b:1', 'one', 7));
  const now = assembly.standing.clusters;
  expect(now?.[0]?.instances[1]).toMatchObject({ lagSeconds: 7 });
  expect(now?.[0]?.instances[0]).toBe(before?.[0]?.instances[0]);
  expect(now?.[1]).toBe(before?.[1]);
  expect(assembly.standing.clusters).toBe(now);
});

it('leaves to others what says nothing of how things stand', () => {
  expect(new Assembly().take('asked', '{}')).toBe(false);
});

it('shares the parts that are alike', () => {
  const older = { a: [{ b: 1 }, { b: 2 }], c: null };
  expect(shared(older, { a: [{ b: 1 }, { b: 2 }], c: null })).toBe(older);
  const newer = shared(older, { a: [{ b: 1 }, { b: 3 }], c: null });
  expect(newer).toEqual({ a: [{ b: 1 }, { b: 3 }], c: null });
  expect(newer.a[0]).toBe(older.a[0]);
});
