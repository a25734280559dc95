import { z } from 'zod';
import { parseInstanceKey } from '../../kernel/instance-key.ts';
import { type Key, secret, text, used } from '../key.ts';

const Instance = z
  .string({ error: 'wants an instance as host:port' })
  .refine((text) => parseInstanceKey(text, 3306) !== null, { error: 'wants an instance as host:port' });
const Nodes = z.record(z.string(), z.array(Instance, { error: 'wants a list of instances' }));

const nodes: Key<Readonly<Record<string, readonly string[]>>> = {
  kind: 'plain',
  schema: Nodes,
  wants: 'an object of nodes and their instances, as {"node1": ["db1:3306"]}',
  fallback: {},
  means:
    'Which instances run on a node of Pacemaker, keepalived or Heartbeat, by its name there. A node that is not named here is the host of the instances whose host has exactly its name.',
  standing: used,
};

const Pacemaker = z.strictObject({
  Spool: z.string({ error: 'wants the path of a folder' }).default(''),
  StatusCommand: z
    .array(z.string({ error: 'wants a text' }), { error: 'wants a list of words' })
    .min(1, { error: 'wants a program at least' })
    .default(['crm_mon', '-1', '--output-as=xml']),
  Remote: z
    .strictObject({
      Host: z.string({ error: 'wants the name of a node' }).min(1, { error: 'wants the name of a node' }),
      Port: z.int({ error: 'wants a port' }).min(1).max(65_535),
      User: z.string().default('hacluster'),
      Encryption: z.enum(['tls', 'anonymous-tls', 'none'], {
        error: 'wants "tls", "anonymous-tls" or "none"',
      }),
      CAFile: z.string().default(''),
      CertFile: z.string().default(''),
      KeyFile: z.string().default(''),
    })
    .optional(),
});
export type Pacemaker = z.output<typeof Pacemaker>;

const pacemaker: Key<Pacemaker | null> = {
  kind: 'plain',
  schema: Pacemaker.nullable() as z.ZodType<Pacemaker | null>,
  wants: '{"Spool": "/var/spool/baton"}, or null',
  fallback: null,
  means:
    'A Pacemaker cluster that is listened to: what the agent of "baton pacemaker install-agent" keeps in Spool, and if need be a node that is followed by the remote CIB protocol (Remote: Host, Port, Encryption, User, CAFile, CertFile, KeyFile, and PacemakerPassword). After anything that is told, StatusCommand says how the cluster stands, and only that counts; it is a list of words, which no shell reads, and may ask by ssh. Null for none.',
  standing: used,
};

const path = z.string({ error: 'wants a path' });
const Keepalived = z.strictObject({
  Node: z.string({ error: 'wants the name of a host' }).min(1, { error: 'wants the name of a host' }),
  Fifo: path.min(1, { error: 'wants a path' }),
  PidFile: path.default(''),
  DumpFile: path.min(1, { error: 'wants a path' }).default('/tmp/keepalived.json'),
});
export type Keepalived = z.output<typeof Keepalived>;

const keepalived: Key<readonly Keepalived[]> = {
  kind: 'plain',
  schema: z.array(Keepalived) as z.ZodType<readonly Keepalived[]>,
  wants:
    'a list of {"Node": "db1", "Fifo": "/run/keepalived/vrrp.fifo", "PidFile": "/run/keepalived_vrrp.pid"}',
  fallback: [],
  means:
    'The keepalived of hosts, which are listened to by the FIFO of their vrrp_notify_fifo. After anything that is told there, the one whose process PidFile names is asked for its states, which it writes into DumpFile, and only these count: an instance in FAULT is evidence in the verdict and on the timeline, and never has a server replaced. Without a PidFile what is told is on the timeline and no more.',
  standing: used,
};

/** Other systems that watch hosts. */
export const signalKeys = {
  SignalNodes: nodes,
  Pacemaker: pacemaker,
  Keepalived: keepalived,
  HeartbeatState: text(
    '',
    used,
    'The folder in which "baton heartbeat run" on this machine keeps how its Heartbeat cluster stands (its --state). What it says of the other hosts is on the timeline and in the verdict; that one is dead by it has its servers looked at, and is never a reason to promote. Empty for none.',
  ),
  SignalCommand: text(
    '',
    used,
    'A command that is run for everything that Pacemaker, keepalived or Heartbeat tells of the host of an instance, one call after the other, for HookTimeoutSeconds at most. It gets the placeholders and variables of hooks, BATON_SIGNAL_FROM, _NODE, _SAYS and _BECAUSE, and what the system itself gives its agents: CRM_alert_… and CRM_notify_…. Empty for none.',
  ),
  PacemakerPassword: secret(
    '',
    used,
    'The password of the user of the remote CIB protocol that Pacemaker names.',
  ),
} as const;
