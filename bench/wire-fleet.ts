import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { Answers, type Member, type Model } from './wire-fleet-answers.ts';
import { answer, command, fine, greeting, Packets, packet, refusal } from './wire-fleet-protocol.ts';

/**
 * Many servers in one process, as far as a prober can tell: each has a port of its own, greets, and
 * answers statements as a real server of its role does. Started as a process, for the CPU it takes must
 * not be counted with the controller's.
 */
export interface FleetWish {
  readonly clusters: number;
  readonly replicasEach: number;
  readonly version: string;
  readonly models: { readonly primary: Model; readonly replica: Model };
  readonly account: { readonly user: string; readonly password: string };
}

export type FleetOrder =
  | { readonly kind: 'count' }
  /** The server's process dies: its connections end, and nothing listens any more. */
  | { readonly kind: 'kill'; readonly port: number }
  /** From now on it answers every question with noise. */
  | { readonly kind: 'garble'; readonly ports: readonly number[] };

export interface FleetCounts {
  /** How many queries were asked, by how many statements each had; pings count as 0. */
  readonly queries: Readonly<Record<number, number>>;
  readonly connections: number;
}

export interface FleetReady {
  /** Of each cluster, its primary first. */
  readonly clusters: readonly (readonly number[])[];
}

interface Standing {
  readonly member: Member;
  readonly server: Server;
  readonly sockets: Set<Socket>;
  /** What was answered before, by the query's text; forgotten when the cluster changes. */
  readonly answered: Map<string, Buffer>;
  isGarbled: boolean;
}

const fleet = new Map<number, Standing>();
const queries: Record<number, number> = {};
let connections = 0;

if (process.send !== undefined) {
  const [wish] = (await once(process, 'message')) as [FleetWish];
  await serve(wish);
}

async function serve(wish: FleetWish): Promise<void> {
  const answers = new Answers(wish.models, wish.account);
  const clusters: number[][] = [];
  for (let number = 1; number <= wish.clusters; number += 1)
    clusters.push(await startCluster(number, wish, answers));
  process.on('message', (order: FleetOrder) => {
    if (order.kind === 'kill') kill(order.port);
    if (order.kind === 'garble') for (const port of order.ports) garble(port);
    process.send?.({ queries, connections } satisfies FleetCounts);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ clusters } satisfies FleetReady);
}

async function startCluster(number: number, wish: FleetWish, answers: Answers): Promise<number[]> {
  const ports: number[] = [];
  let source: Member | null = null;
  for (let at = 0; at <= wish.replicasEach; at += 1) {
    const member: Member = await startMember(10_000 + number * 100 + at, source, wish.version, answers);
    source?.replicas.push(member);
    source ??= member;
    ports.push(member.port);
  }
  return ports;
}

async function startMember(
  serverId: number,
  source: Member | null,
  version: string,
  answers: Answers,
): Promise<Member> {
  const server = createServer({ noDelay: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server listens on no port');
  const member: Member = { port: address.port, serverId, source, replicas: [], isAlive: true };
  const standing: Standing = { member, server, sockets: new Set(), answered: new Map(), isGarbled: false };
  fleet.set(member.port, standing);
  server.on('connection', (socket) => converse(socket, standing, version, answers));
  return member;
}

function converse(socket: Socket, standing: Standing, version: string, answers: Answers): void {
  connections += 1;
  const packets = new Packets();
  let isKnown = false;
  standing.sockets.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => standing.sockets.delete(socket));
  socket.on('data', (bytes) => {
    for (const body of packets.take(bytes)) {
      if (isKnown) void respond(socket, body, standing, answers);
      else socket.write(fine(2));
      isKnown = true;
    }
  });
  socket.write(greeting(version, connections));
}

async function respond(socket: Socket, body: Buffer, standing: Standing, answers: Answers): Promise<void> {
  if (standing.isGarbled) return void socket.write(packet(1, [0xfe, 0x07, 0x13, 0xff, 0x00, 0xc0], 'noise'));
  if (body[0] === command.quit) return void socket.end();
  const text = body[0] === command.query ? body.toString('utf8', 1) : '';
  const statements = text.split(/;\s*/).filter((each) => each !== '');
  queries[statements.length] = (queries[statements.length] ?? 0) + 1;
  if (body[0] !== command.query) return void socket.write(fine(1));
  try {
    const known = standing.answered.get(text);
    const whole =
      known ?? answer(await Promise.all(statements.map((each) => answers.resultFor(each, standing.member))));
    standing.answered.set(text, whole);
    socket.write(whole);
  } catch (error) {
    const { errno, message } = error as { errno?: number; message: string };
    socket.write(refusal(1, errno ?? 1105, message));
  }
}

function kill(port: number): void {
  const standing = fleet.get(port);
  if (standing === undefined) return;
  standing.member.isAlive = false;
  standing.server.close();
  for (const replica of standing.member.replicas) fleet.get(replica.port)?.answered.clear();
  for (const socket of standing.sockets) socket.resetAndDestroy();
}

function garble(port: number): void {
  const standing = fleet.get(port);
  if (standing !== undefined) standing.isGarbled = true;
}
