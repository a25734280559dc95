/**
 * Whether an instance replicates from somewhere by that address: orchestrator detaches a replica by putting `//` before
 * the host of its source, and `_` is what is left after a RESET that failed (orchestrator 3.2.6, section 2.1).
 */
export function isSourceAddress(host: string, port: number): boolean {
  return host !== '' && host !== '_' && !host.startsWith('//') && port !== 0;
}
