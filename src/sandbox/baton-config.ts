import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxState } from './state.ts';

export function configFileOf(directory: string): string {
  return join(directory, 'baton.json');
}

/** A configuration with which Baton watches this sandbox and recovers its primary. */
export async function writeBatonConfig(directory: string, state: SandboxState): Promise<void> {
  const { topology, replication } = state.credentials;
  const config = {
    MySQLTopologyUser: topology.user,
    MySQLTopologyPassword: topology.password,
    // A primary that becomes a replica has no account of its own.
    ReplicationUser: replication.user,
    ReplicationPassword: replication.password,
    DiscoverySeeds: state.members.slice(0, 1).map(({ port }) => `127.0.0.1:${port}`),
    RecoverMasterClusterFilters: ['*'],
    // The members listen on 127.0.0.1 and are told apart by it.
    MySQLHostnameResolveMethod: 'none',
    StateFile: join(directory, 'baton.sqlite'),
    InstancePollSeconds: 5,
  };
  await writeFile(configFileOf(directory), `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
