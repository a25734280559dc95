/**
 * A node of Linux-HA Heartbeat asks for its resources: the packet as it travels, and what the one who hears it makes of
 * it, with the right key and with another. Run it with `npm run example:say-a-heartbeat`.
 */
import {
  encodePacket,
  fieldsOf,
  type KeyRing,
  parsePacket,
  saidIn,
  sealed,
  verifyPacket,
} from 'baton/heartbeat';

function ring(secret: string): KeyRing {
  const active = { number: 1, method: 'sha1', secret } as const;
  return { active, all: [active] };
}

const message = sealed(fieldsOf({ type: 'ip-request', group: 'mysql::shop' }), {
  source: 'db1',
  sourceId: new Uint8Array(16).fill(1),
  destinationId: null,
  sequence: 8,
  generation: 1_795_300_158,
  sentAtSeconds: 1_795_300_158,
  load: '0.15 0.35 0.13 1/163 79',
  timeToLive: 3,
});
const wire = encodePacket(message, ring('s3cret'), { framing: 'netstring', inside: false });
console.log(Buffer.from(wire).toString('latin1').replaceAll('\x01', '.'));

const parsed = parsePacket(wire);
if (!parsed.ok) throw new Error(parsed.because);
console.log(saidIn(parsed.packet.message));
for (const secret of ['s3cret', 'guessed']) {
  const verdict = verifyPacket(parsed.packet, ring(secret));
  console.log(`with the key "${secret}": ${verdict.ok ? 'it is his' : verdict.because}`);
}
