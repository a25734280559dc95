import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/protocols/heartbeat/codec/digest.ts';
import type { KeyRing } from '../../../src/protocols/heartbeat/codec/keys.ts';
import {
  encodePacket,
  mostBytes,
  type Packet,
  parsePacket,
  verifyPacket,
} from '../../../src/protocols/heartbeat/codec/packet.ts';
import {
  bytes,
  type Field,
  fieldKinds,
  type Message,
  text,
} from '../../../src/protocols/heartbeat/message.ts';
import { ringOf, vectors } from './vectors.ts';

const ring = ringOf('sha1', 's3cretKey');
const layouts = [
  { framing: 'netstring', inside: false },
  { framing: 'netstring', inside: true },
  { framing: 'classic', inside: false },
] as const;
const netstring = layouts[0];

function packetOf(wire: Uint8Array | string): Packet {
  const parsed = parsePacket(typeof wire === 'string' ? Buffer.from(wire, 'latin1') : wire);
  if (!parsed.ok) throw new Error(parsed.because);
  return parsed.packet;
}

function refusal(wire: Uint8Array | string): string {
  const parsed = parsePacket(typeof wire === 'string' ? Buffer.from(wire, 'latin1') : wire);
  return parsed.ok ? 'nothing' : parsed.because;
}

const aName = fc
  .string({ minLength: 1, unit: fc.constantFrom('a', 'Z', '_', '-', '0', 'é', '.') })
  .filter((name) => name !== 'auth');
const aText = fc.string({
  unit: fc.constantFrom('a', '=', ',', ':', '(', ')', '%', '#', '<', ' ', 'é', '☃', '1'),
});
const aField: fc.Arbitrary<Field> = fc.oneof(
  fc.record({ name: aName, kind: fc.constant('text' as const), value: aText }),
  fc.record({
    name: aName,
    kind: fc.constantFrom('bytes' as const, 'compressed' as const, 'uncompressed' as const),
    value: fc.uint8Array(),
  }),
  fc.record({
    name: aName,
    kind: fc.constantFrom('struct' as const, 'list' as const),
    value: fc.uint8Array().map((all) => all.map((byte) => (byte === 0 || byte === 10 ? 44 : byte))),
  }),
);

describe('a message', () => {
  it('of every kind of field comes back from either framing as it was', () => {
    expect(fieldKinds).toHaveLength(6);
    fc.assert(
      fc.property(fc.array(aField), fc.constantFrom(...layouts), (message, layout) => {
        const packet = packetOf(encodePacket(message, ring, layout));
        expect(packet.message).toEqual(message);
        expect(packet.framing).toBe(layout.framing);
        expect(packet.inside !== null).toBe(layout.inside);
        expect(verifyPacket(packet, ring)).toEqual({ ok: true });
      }),
    );
  });

  it('may hold in its values whatever separates fields', () => {
    const message: Message = [
      text('a', '%%%\n3:x y,'),
      bytes('b', new TextEncoder().encode(',9:(0)t=evil,%%%\n')),
      text('c', '\0\n>>>\n<<<\n'),
    ];
    expect(packetOf(encodePacket(message, ring, netstring)).message).toEqual(message);
  });

  it('that no packet can carry is refused when it is made', () => {
    const classic = layouts[2];
    for (const name of ['', 'a=b', 'auth'])
      expect(() => encodePacket([text(name, 'x')], ring, netstring)).toThrow('cannot be called');
    expect(() => encodePacket([text('a', 'x\ny')], ring, classic)).toThrow('line break');
    expect(() => encodePacket([text('(1)a', 'x')], ring, classic)).toThrow('no classic packet');
  });
});

describe('a digest', () => {
  it('is the HMAC of its key, or the checksum of cksum without the length', () => {
    expect(digestOf('hello', { number: 1, method: 'sha1', secret: 'k' })).toBe(
      createHmac('sha1', 'k').update('hello').digest('hex'),
    );
    // What 3.0.6 sent for one of its shortest packets stands among the vectors; this is of the empty text.
    expect(digestOf('', { number: 1, method: 'crc', secret: '' })).toBe('ffffffff');
  });

  it('of a key in rotation is checked with the secret of the number that it names', () => {
    const [old, young] = [
      { number: 1, method: 'sha1' as const, secret: 'old' },
      { number: 2, method: 'md5' as const, secret: 'young' },
    ];
    const before: KeyRing = { active: old, all: [old, young] };
    const after: KeyRing = { active: young, all: [old, young] };
    const onlyNew: KeyRing = { active: young, all: [young] };
    const message = [text('t', 'starting')];
    for (const [sender, receiver] of [
      [before, after],
      [after, before],
      [after, onlyNew],
    ] as const)
      for (const layout of layouts)
        expect(verifyPacket(packetOf(encodePacket(message, sender, layout)), receiver)).toEqual({ ok: true });
    expect(verifyPacket(packetOf(encodePacket(message, before, netstring)), onlyNew)).toEqual({
      ok: false,
      because: 'it is signed with key 1, which authkeys does not have',
    });
    const forged = encodePacket(message, { active: { ...young, secret: 'old' }, all: [] }, netstring);
    expect(verifyPacket(packetOf(forged), after)).toEqual({
      ok: false,
      because: 'its signature is not that of key 2',
    });
  });

  it('is for every byte before it', () => {
    const whole = encodePacket([text('t', 'status'), text('st', 'active')], ring, netstring);
    const signedBytes = packetOf(whole).signed.length;
    for (let at = 0; at < signedBytes; at += 1) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const parsed = parsePacket(changed);
      expect(parsed.ok && verifyPacket(parsed.packet, ring).ok).toBe(false);
    }
  });
});

describe('bytes that are no packet', () => {
  it('are refused with a half sentence that says where', () => {
    expect(refusal('')).toBe('it begins like neither framing');
    expect(refusal('###\n')).toBe('no length stands at byte 4');
    expect(refusal('###\n9:(0)t=a,')).toBe('the length at byte 4 does not end where it says');
    expect(refusal('###\n9999999:x')).toBe('no length stands at byte 4');
    expect(refusal('###\n-1:x,')).toBe('no length stands at byte 4');
    expect(refusal('###\n6:(9)t=a,%%%\n3:1 a,')).toBe('no field stands at byte 6');
    expect(refusal('###\n6:(0)=ab,%%%\n3:1 a,')).toBe('no field stands at byte 6');
    expect(refusal('###\n%%%\n3:1 a,x')).toBe('something follows its signature');
    expect(refusal('###\n%%%\n3:1 z,')).toBe('its signature is none');
    expect(refusal('###\n6:(0)t=\xff,%%%\n3:1 a,')).toBe('the text at byte 11 is not UTF-8');
    expect(refusal('>>>\nt=a')).toBe('its last line is not whole');
    expect(refusal('>>>\n=a\n')).toBe('no field stands at byte 4');
    expect(refusal('>>>\n(1)a=%\nauth=1 a\n<<<\n')).toBe('the field a is no base64');
    expect(refusal('>>>\nauth=1 a\n<<<\n\0x')).toBe('something follows its end');
    expect(refusal('>>>\nauth=1 a\n<<<\nmore\n')).toBe('something follows its end');
    expect(refusal(new Uint8Array(mostBytes + 1))).toBe('it is longer than 262144 bytes');
  });

  it('never crash the parser nor hold it up', () => {
    const real = fc.constantFrom(...vectors.map(({ hex }) => Buffer.from(hex, 'hex')));
    const pieces = fc.constantFrom(
      '###\n',
      '%%%\n',
      '>>>\n',
      '<<<\n',
      '9:(0)',
      ',',
      '=',
      '999999:',
      '\0',
      '(2)',
      ':',
    );
    const damaged = fc
      .tuple(real, fc.nat(400), fc.nat(60), pieces)
      .map(([whole, at, cut, piece]) =>
        Buffer.concat([whole.subarray(0, at), Buffer.from(piece), whole.subarray(at + cut)]),
      );
    const made = fc
      .array(fc.oneof(pieces, fc.string({ maxLength: 5 })))
      .map((all) => Buffer.from(all.join('')));
    fc.assert(
      fc.property(fc.oneof(damaged, made, fc.uint8Array({ maxLength: 300 })), (wire) => {
        const parsed = parsePacket(wire);
        if (parsed.ok) expect(verifyPacket(parsed.packet, ringOf('sha1', 'another')).ok).toBe(false);
        else expect(parsed.because).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  it('are refused within a moment, be they as long as they may', () => {
    const fields = `###\n${'5:(0)a=,'.repeat(30_000)}`;
    for (const wire of [
      fields,
      `###\n${'1'.repeat(200_000)}`,
      `>>>\n${'a=\n'.repeat(60_000)}`,
      `>>>\n${'='.repeat(200_000)}`,
    ])
      expect(refusal(wire)).not.toBe('nothing');
  });
});
