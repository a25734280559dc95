import type { Etcd } from '../etcd/etcd.ts';
import type { KeyStore } from './key-store.ts';

/** The keys of an etcd; all that are written together change at one moment. Its client has a time limit of its own. */
export function etcdKeys(etcd: Etcd): KeyStore {
  return {
    async read(keys) {
      const { found } = await etcd.transact({ read: keys.map((key) => ({ key })) });
      return [new Map(found.flat().map(({ key, value }) => [key, value]))];
    },
    async write(pairs) {
      await etcd.transact({ change: pairs.map(([put, value]) => ({ put, value })) });
    },
    async remove(keys) {
      await etcd.transact({ change: keys.map((remove) => ({ remove })) });
    },
  };
}
