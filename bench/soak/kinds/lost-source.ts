import { freePorts } from '../../../src/sandbox/free-ports.ts';
import { type InstanceKey, portOf } from '../../../src/kernel/instance-key.ts';
import { relocation } from '../../../workflows/relocation.ts';
import { comesTrue } from '../patience.ts';
import { answered, asked, feeding, ordered, ordering } from '../points.ts';
import { rejoin } from '../rejoin.ts';
import type { Stage } from '../stage.ts';
import { type Kind, never, nothing, successorOf, vetoing } from './kind.ts';

/** The first replica feeds the last one. It dies, and the other replica of the primary, which goes on, feeds that. */
export const deadIntermediate: Kind = {
  workflow: relocation,
  flavours: ['mariadb', 'mysql'],
  config: () => ({}),
  arrange: async (stage) => {
    const [, middle = stage.primary, , leaf = stage.primary] = stage.keys;
    await rejoin(stage, leaf, middle);
  },
  provoke: (stage) => stage.sandbox.kill(portOf(stage.keys[1] ?? stage.primary)),
  afterwards: nothing,
  redress: nothing,
  comeBack: nothing,
  apart: (stage) => stage.keys.slice(1, 2),
  primaryAfter: ({ state }, stage) => (state.startsWith('relocated') ? stage.primary : null),
  ends: {
    'all well': ['relocated'],
    'a pre-hook vetoes': ['vetoed'],
    'the candidate dies': ['relocated', 'relocatedInPart', 'failed'],
    'a replica dies': ['relocatedInPart', 'failed', 'notNeeded'],
    'the controller is killed': ['relocated'],
    'the old primary comes back writable': [],
  },
  strikes: {
    'all well': never,
    'a pre-hook vetoes': never,
    'the candidate dies': {
      early: answered('choose', successorOf),
      middle: feeding(ordering('follow')),
      late: feeding(ordered('follow')),
    },
    'a replica dies': {
      early: answered('choose', lastMoved),
      middle: ordering('follow'),
      late: ordered('follow'),
    },
    'the controller is killed': {
      early: asked('preFailoverHooks'),
      middle: ordering('follow'),
      late: asked('postIntermediateHooks'),
    },
    'the old primary comes back writable': never,
  },
  detours: {
    // Some had moved before, and none is left to move: not without a second trouble. Nor is nobody to be had.
    putBack: null,
    undo: null,
    postUnsuccessfulHooks: { config: vetoing, ends: ['vetoed'] },
  },
};

/** All but the last server are a group; the second feeds the last one and dies. */
export const deadGroupMember: Kind = {
  ...deadIntermediate,
  flavours: ['mysql'],
  config: (stage) => ({ DiscoverySeeds: stage.keys }),
  arrange: async (stage) => {
    const members = stage.keys.slice(0, -1);
    const places = (await freePorts(members.length)).map((port) => `127.0.0.1:${port}`);
    for (const [at, key] of members.entries())
      await stage.sql(
        key,
        `${inGroup(stage, places, places[at] ?? '')} ${at === 0 ? founding : 'START GROUP_REPLICATION;'}`,
      );
    const [, middle = stage.primary] = members;
    await rejoin(stage, stage.keys.at(-1) ?? middle, middle);
  },
  // A member that was killed does not know its group any more.
  redress: async (stage) => {
    const [, middle = stage.primary] = stage.keys;
    // Its group does not take it back before it has given it up.
    if (!(await comesTrue(async () => (await stage.sql(stage.primary, unreachable)) === '0', 30_000)))
      throw new Error(`the group of ${stage.primary} does not give ${middle} up`);
    const seeds = await stage.sql(stage.primary, 'SELECT @@global.group_replication_group_seeds');
    const places = seeds.split(',');
    await stage.sql(middle, `${inGroup(stage, places, places[1] ?? '')} START GROUP_REPLICATION;`);
  },
  // Of three members two may not die, and nobody else can feed the one replica.
  ends: { ...deadIntermediate.ends, 'the candidate dies': [], 'a replica dies': [] },
  strikes: { ...deadIntermediate.strikes, 'the candidate dies': never, 'a replica dies': never },
};

const unreachable =
  "SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE member_state = 'UNREACHABLE'";
const founding = `SET GLOBAL group_replication_bootstrap_group=ON; START GROUP_REPLICATION;
  SET GLOBAL group_replication_bootstrap_group=OFF;`;

/** What makes a server ready to join. A group has its own way of waiting. */
function inGroup(stage: Stage, places: readonly string[], place: string): string {
  const { replication, topology } = stage.sandbox.credentials;
  return `
    STOP REPLICA; RESET REPLICA ALL;
    SET GLOBAL rpl_semi_sync_source_enabled=OFF;
    SET GLOBAL group_replication_group_name='aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';
    SET GLOBAL group_replication_local_address='${place}';
    SET GLOBAL group_replication_group_seeds='${places.join(',')}';
    SET GLOBAL group_replication_member_expel_timeout=0;
    SET GLOBAL group_replication_recovery_get_public_key=ON;
    SET sql_log_bin=0;
    GRANT SELECT ON performance_schema.replication_group_members TO '${topology.user}'@'127.0.0.1';
    SET sql_log_bin=1;
    CHANGE REPLICATION SOURCE TO SOURCE_USER='${replication.user}', SOURCE_PASSWORD='${replication.password}'
      FOR CHANNEL 'group_replication_recovery';`;
}

/** The last of those that shall move. */
function lastMoved(value: unknown): InstanceKey | null {
  return (value as { moves?: readonly { instance: InstanceKey }[] }).moves?.at(-1)?.instance ?? null;
}
