import { signalVariables } from '../../protocols/pacemaker/signals.ts';

/**
 * A program for `crm_mon --external-agent` and for a Pacemaker alert: it writes what it was told into a spool and ends.
 * POSIX sh, and nothing else but date, uname, tr, mv and rm: it runs on a node in trouble. Nodes may share a spool, so the name of a file has
 * that of its node. A file appears under its name when it is
 * whole. Each variable is `NAME=value` with a NUL behind it, so no value can pass for another.
 */
export function agentScript(spool: string): string {
  return `#!/bin/sh
# Keeps what Pacemaker says for Baton: an agent for crm_mon --external-agent and for alerts, which takes no arguments.
# Written by "baton pacemaker install-agent".
spool=${quoted(spool)}
umask 027
name=$(date +%s).$$.$(uname -n | tr -cd 'A-Za-z0-9-')

keep() {
  for variable in ${signalVariables.join(' ')}; do
    eval "is_set=\\\${$variable+yes} value=\\\${$variable-}"
    [ -z "$is_set" ] || printf '%s=%s\\000' "$variable" "$value" || return 1
  done
}

if keep >"$spool/.$name" && mv "$spool/.$name" "$spool/$name.signal"; then exit 0; fi
rm -f "$spool/.$name"
exit 1
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
