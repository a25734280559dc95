const detached = '//';

/**
 * Whether an instance replicates from somewhere by that address: orchestrator detaches a replica by putting `//` before
 * the host of its source, and `_` is what is left after a RESET that failed (orchestrator 3.2.6, section 2.1).
 */
export function isSourceAddress(host: string, port: number): boolean {
  return host !== '' && host !== '_' && !host.startsWith(detached) && port !== 0;
}

/** An address that leads nowhere, and from which the host can be read again. */
export function detachedHost(host: string): string {
  return `${detached}${host}`;
}

/** The host that a detached replica finds back to; null where this is not the address of one. */
export function attachedHost(host: string): string | null {
  return host.startsWith(detached) && host.length > detached.length ? host.slice(detached.length) : null;
}
