/**
 * The program that an old keepalived calls as `notify`: it writes the four last arguments into a FIFO as newer ones do by
 * themselves, and ends. It is of sh, for a process of Node would take sixty times as long, and opens the FIFO so that it
 * does not wait for a reader; what nobody reads is lost.
 */
export function notifyStub(fifo: string): string {
  return `#!/bin/sh
# Tells Baton of keepalived's states: notify ${fifo.replaceAll(/[^\x20-\x7e]/g, '?')}
umask 077
[ $# -gt 4 ] && shift $(($# - 4))
[ $# -eq 4 ] && [ -p ${quoted(fifo)} ] || exit 1
printf '%s "%s" %s %s\\n' "$1" "$2" "$3" "$4" 1<>${quoted(fifo)}
`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
