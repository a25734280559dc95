/** A store of keys, as far as publishing needs one; etcd and Consul are such. Each verb may be done twice. */
export interface KeyStore {
  /** What stands under these keys, once for each place that keeps them: a key that is missing is not in the map. */
  read(keys: readonly string[], signal: AbortSignal): Promise<readonly ReadonlyMap<string, string>[]>;
  write(pairs: readonly (readonly [string, string])[], signal: AbortSignal): Promise<void>;
  remove(keys: readonly string[], signal: AbortSignal): Promise<void>;
}
