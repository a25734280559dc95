import { readFile } from 'node:fs/promises';
import type { KeyRing } from '../src/protocols/heartbeat/index.ts';
import { encodePacket, parsePacket, verifyPacket } from '../src/protocols/heartbeat/index.ts';
import { builtTwin } from '../src/process/built.ts';
import { middle } from './report.ts';

const active = { number: 1, method: 'sha1', secret: 's3cretKey' } as const;
const ring: KeyRing = { active, all: [active] };
const file = new URL(
  '../../test/fixtures/heartbeat/vectors.json',
  builtTwin(new URL('./signals-heartbeat.ts', import.meta.url).href),
);

/**
 * How many packets of Heartbeat are encoded and decoded in a second of one core: the recorded ones that are signed with
 * sha1, over and over; each is taken apart, checked, encoded and signed as the real daemon does, twice.
 */
export async function heartbeatRounds(rounds: number, roundMs: number): Promise<readonly number[]> {
  const vectors = JSON.parse(await readFile(file, 'utf8')) as { method: string; hex: string }[];
  const packets = vectors.filter(({ method }) => method === 'sha1').map(({ hex }) => Buffer.from(hex, 'hex'));
  const found: number[] = [];
  // Round 0 only warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const figure = perSecond(packets, roundMs);
    if (round > 0) found.push(figure);
  }
  return found;
}

export function heartbeatText(perSecond: readonly number[]): string {
  const sorted = perSecond.toSorted((a, b) => a - b).map(Math.round);
  return [
    'Packets of Heartbeat, signed with sha1, each taken apart, checked, and encoded and signed again as the real daemon does (two digests more), per second of',
    `one core: min ${sorted[0]}, median ${middle(sorted)}, max ${sorted.at(-1)} in ${sorted.length} rounds.`,
  ].join('\n');
}

function perSecond(packets: readonly Uint8Array[], roundMs: number): number {
  const began = process.cpuUsage();
  let done = 0;
  while (milliseconds(began) < roundMs) {
    for (const wire of packets) both(wire);
    done += packets.length;
  }
  return (done / milliseconds(began)) * 1_000;
}

function both(wire: Uint8Array): void {
  const parsed = parsePacket(wire);
  if (!parsed.ok || !verifyPacket(parsed.packet, ring).ok) throw new Error('a recorded packet is refused');
  const { message, framing, inside } = parsed.packet;
  encodePacket(message, ring, { framing, inside: inside !== null });
}

function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}
