/** What a keepalived.conf of Baton's is made for. */
export interface ConfigWish {
  readonly instance: string;
  readonly interface: string;
  readonly routerId: number;
  readonly priority: number;
  readonly advertSeconds: number;
  /** With its prefix, as 10.0.0.100/24. */
  readonly address: string;
  readonly roleFile: string;
  readonly fifo: string;
  /** Null for no self-fencing. */
  readonly lease: { readonly script: string; readonly file: string; readonly seconds: number } | null;
}

/**
 * A keepalived.conf by which the address follows the primary: a tracked file of weight 0 forbids it everywhere but there,
 * and after a boot everywhere.
 */
export function configText(wish: ConfigWish): string {
  const { lease } = wish;
  const script =
    lease === null
      ? ''
      : `
# Gives the address up by itself where Baton has not renewed its lease for ${lease.seconds} s.
vrrp_script baton_lease {
    script "${lease.script} ${lease.file} ${lease.seconds}"
    interval 1
    timeout 1
    fall 1
    rise 1
}
`;
  const track = lease === null ? '' : '\n    track_script {\n        baton_lease\n    }';
  return `global_defs {
    script_user root
    enable_script_security
    vrrp_version 3
    vrrp_notify_priority_changes on
    vrrp_notify_fifo ${wish.fifo}
}

# Baton writes it: 0 allows the address, anything else is FAULT. Never remove it: a missing file allows.
track_file baton_role {
    file "${wish.roleFile}"
    weight 0
    init_file 1
}
${script}
vrrp_instance ${wish.instance} {
    state BACKUP
    interface ${wish.interface}
    virtual_router_id ${wish.routerId}
    priority ${wish.priority}
    advert_int ${wish.advertSeconds}
    nopreempt
    garp_master_delay 1
    virtual_ipaddress {
        ${wish.address}
    }
    track_file {
        baton_role
    }${track}
}
`;
}

/** The program of the lease, of sh: good while the seconds since 1970 in a file are not older than so many. */
export const leaseScript = `#!/bin/sh
# baton_lease FILE SECONDS: 0 while FILE holds a time that is at most SECONDS old.
read -r renewed < "$1" || exit 1
case "$renewed" in '' | *[!0-9]*) exit 1 ;; esac
[ $(($(date +%s) - renewed)) -le "$2" ]
`;
