/** How an etcd is reached, and as whom. */
export interface EtcdAccess {
  /** `http://host:2379` of each member; any of them will do. */
  readonly endpoints: readonly string[];
  /** Empty where etcd asks nobody who they are. */
  readonly user: string;
  readonly password: string;
  /** What is shown and trusted where an endpoint is https, as PEM; null for what the system trusts. */
  readonly tls: {
    readonly ca: string | null;
    readonly cert: string | null;
    readonly key: string | null;
  } | null;
  /** How long one call may take, all members tried. */
  readonly timeoutMs: number;
}
