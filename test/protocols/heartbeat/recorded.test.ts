import { describe, expect, it } from 'vitest';
import {
  encodePacket,
  type Packet,
  parsePacket,
  verifyPacket,
} from '../../../src/protocols/heartbeat/codec/packet.ts';
import { envelopeIn, sealed } from '../../../src/protocols/heartbeat/envelope.ts';
import { fieldsOf } from '../../../src/protocols/heartbeat/said.ts';
import { saidIn } from '../../../src/protocols/heartbeat/said-in.ts';
import { ringOf, vectors } from './vectors.ts';

const recorded = vectors.map((vector) => ({ ...vector, bytes: Buffer.from(vector.hex, 'hex') }));

function packetOf(bytes: Uint8Array): Packet {
  const parsed = parsePacket(bytes);
  if (!parsed.ok) throw new Error(parsed.because);
  return parsed.packet;
}

describe('packets of the real daemon', () => {
  it('are there for every digest and both framings', () => {
    expect(new Set(recorded.map(({ method }) => method))).toEqual(new Set(['crc', 'md5', 'sha1']));
    const framings = new Set(recorded.map(({ bytes }) => packetOf(bytes).framing));
    expect(framings).toEqual(new Set(['netstring', 'classic']));
  });

  it.each(recorded)(
    '$file $type ($method) is verified with its key and no other',
    ({ bytes, method, key, type }) => {
      const packet = packetOf(bytes);
      expect(packet.message.find(({ name }) => name === 't')?.value).toBe(type);
      expect(verifyPacket(packet, ringOf(method, key))).toEqual({ ok: true });
      if (method !== 'crc') expect(verifyPacket(packet, ringOf(method, `${key}x`)).ok).toBe(false);
    },
  );

  it.each(recorded)('$file $type ($method) is encoded to the same bytes', ({ bytes, method, key }) => {
    const { message, framing, inside } = packetOf(bytes);
    const again = encodePacket(message, ringOf(method, key), { framing, inside: inside !== null });
    expect(Buffer.from(again).toString('latin1')).toBe(bytes.toString('latin1'));
  });

  it.each(recorded)(
    '$file $type ($method) is built from what it says to the same bytes',
    ({ bytes, method, key, type }) => {
      const { message, framing, inside } = packetOf(bytes);
      const [said, envelope] = [saidIn(message), envelopeIn(message)];
      if (said.type === 'other') {
        expect(type).toBe('respond-cstatus');
        return;
      }
      if (envelope === null) throw new Error('it has no envelope');
      const again = encodePacket(sealed(fieldsOf(said), envelope), ringOf(method, key), {
        framing,
        inside: inside !== null,
      });
      expect(Buffer.from(again).toString('latin1')).toBe(bytes.toString('latin1'));
    },
  );
});
