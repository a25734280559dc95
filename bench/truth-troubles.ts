import { setTimeout as pause } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import type { Stage } from './detect-stage.ts';
import { cutController, cutServers, silence } from './truth-network.ts';

/** Something that is no reason to promote anybody. */
export interface Trouble {
  readonly kind: string;
  /** Nothing of it is in the way of an application that writes to the primary. */
  readonly sparesWrites: boolean;
  /** From its beginning to its end. */
  readonly happen: (stage: Stage) => Promise<void>;
}

/** Less than DetectionConfirmMilliseconds, which is 1,000 by default. */
const briefMs = () => 300 + Math.random() * 650;
const upTo = (milliseconds: number) => Math.random() * milliseconds;

export const troubles: readonly Trouble[] = [
  { kind: 'all traffic of the primary dropped for 300 to 950 ms', sparesWrites: false, happen: dropped },
  { kind: 'the primary stopped (SIGSTOP) for 300 to 950 ms', sparesWrites: false, happen: stalled },
  { kind: 'a replica killed and started again', sparesWrites: true, happen: restarting('kill', 1) },
  { kind: 'both replicas killed and started again', sparesWrites: true, happen: restarting('kill', 2) },
  { kind: 'a replica restarted politely', sparesWrites: true, happen: restarting('terminate', 1) },
  { kind: 'both replicas restarted politely', sparesWrites: true, happen: restarting('terminate', 2) },
  {
    kind: 'the controller cut off from the primary, silently, for 2 to 12 s',
    sparesWrites: true,
    happen: cutOff('drop'),
  },
  {
    kind: 'the controller cut off from the primary, refused, for 2 to 12 s',
    sparesWrites: true,
    happen: cutOff('reject with tcp reset'),
  },
  { kind: 'the controller stopped for 10 s', sparesWrites: true, happen: paused(async () => {}) },
  {
    kind: 'the controller stopped for 10 s, the primary stalled for up to 5 s meanwhile',
    sparesWrites: false,
    happen: paused(stalledMeanwhile),
  },
  {
    kind: 'the controller stopped for 10 s, the primary restarted meanwhile',
    sparesWrites: false,
    happen: paused(restartedMeanwhile),
  },
  {
    kind: 'the primary killed, the controller stopped for 10 s within 500 ms, the primary started again meanwhile',
    sparesWrites: false,
    happen: pausedAmid,
  },
  { kind: 'both replicas cut off from the primary for up to 5 s', sparesWrites: true, happen: isolated },
  { kind: 'replication stopped and started by hand on all replicas', sparesWrites: true, happen: toggled },
  { kind: 'all connections of the primary taken for up to 5 s', sparesWrites: true, happen: crowded },
];

async function dropped({ primary }: Stage): Promise<void> {
  const restore = silence(primary.port);
  await pause(briefMs()).finally(restore);
}

async function stalled(stage: Stage): Promise<void> {
  await frozenFor(stage, briefMs());
}

async function frozenFor({ sandbox, primary }: Stage, milliseconds: number): Promise<void> {
  const { pid } = sandbox.members.find(({ port }) => port === primary.port) ?? primary;
  if (pid === null) throw new Error('the primary has no process');
  process.kill(pid, 'SIGSTOP');
  await pause(milliseconds);
  process.kill(pid, 'SIGCONT');
}

function restarting(how: 'kill' | 'terminate', count: number): Trouble['happen'] {
  return async (stage) => {
    const replicas = replicasOf(stage).slice(0, count);
    await Promise.all(replicas.map(({ port }) => stage.sandbox[how](port)));
    await pause(upTo(2_000));
    await Promise.all(replicas.map(({ port }) => stage.sandbox.restart(port)));
  };
}

function cutOff(how: Parameters<typeof cutController>[1]): Trouble['happen'] {
  return async ({ primary }) => {
    const restore = cutController(primary.port, how);
    await pause(2_000 + upTo(10_000)).finally(restore);
  };
}

function paused(meanwhile: Trouble['happen']): Trouble['happen'] {
  return async (stage) => {
    stage.controller.signal('SIGSTOP');
    await Promise.all([pause(10_000), meanwhile(stage)]);
    stage.controller.signal('SIGCONT');
  };
}

async function stalledMeanwhile(stage: Stage): Promise<void> {
  await pause(upTo(4_000));
  await frozenFor(stage, upTo(5_000));
}

async function restartedMeanwhile({ sandbox, primary }: Stage): Promise<void> {
  await pause(upTo(4_000));
  await sandbox.kill(primary.port);
  await sandbox.restart(primary.port);
}

async function pausedAmid({ sandbox, primary, controller }: Stage): Promise<void> {
  await sandbox.kill(primary.port);
  await pause(upTo(500));
  controller.signal('SIGSTOP');
  await Promise.all([pause(10_000), sandbox.restart(primary.port)]);
  controller.signal('SIGCONT');
}

async function isolated({ primary }: Stage): Promise<void> {
  const restore = cutServers(primary.port);
  await pause(upTo(5_000)).finally(restore);
}

async function toggled(stage: Stage): Promise<void> {
  const word = stage.flavour === 'mariadb' ? 'SLAVE' : 'REPLICA';
  const onAll = (statement: string) =>
    Promise.all(replicasOf(stage).map(({ port }) => stage.sandbox.sql(port, `${statement} ${word}`)));
  await onAll('STOP');
  await pause(upTo(3_000));
  await onAll('START');
}

/** The application and others hold all there are; replicas and the controller are put out, and cannot come back. */
async function crowded({ sandbox, primary }: Stage): Promise<void> {
  const { app, topology, replication } = sandbox.credentials;
  const connect = (account: typeof app) =>
    mysql.createConnection({ ...account, host: '127.0.0.1', port: primary.port });
  const holders = await Promise.all([...Array.from({ length: 20 }, () => connect(app)), connect(topology)]);
  for (const one of holders) one.on('error', () => {});
  const keeper = holders.at(-1);
  await sandbox.sql(primary.port, 'SET GLOBAL max_connections = 10');
  const [rows] = (await keeper?.query(
    'SELECT id AS held FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user IN (?, ?)',
    [topology.user, replication.user],
  )) ?? [[]];
  // One that has ended meanwhile needs no killing.
  for (const { held } of rows as { held: number }[]) await keeper?.query(`KILL ${held}`).catch(() => {});
  await pause(upTo(5_000));
  for (const one of holders) one.destroy();
  await roomAgain(sandbox, primary.port);
}

async function roomAgain(sandbox: Stage['sandbox'], port: number): Promise<void> {
  for (let left = 100; ; left -= 1) {
    try {
      await sandbox.sql(port, 'SET GLOBAL max_connections = 151');
      return;
    } catch (error) {
      // The connections that were given back are not all gone yet.
      if (left === 0) throw error;
      await pause(20);
    }
  }
}

function replicasOf({ sandbox, primary }: Stage) {
  return sandbox.members.filter(({ port }) => port !== primary.port);
}
