import {
  type Envelope,
  envelopeIn,
  type Field,
  fieldKinds,
  type Framing,
  type KeyRing,
  type Packet,
  type Said,
  saidIn,
  textIn,
  verifyPacket,
} from '../../protocols/heartbeat/index.ts';

/** What a person or a script is told of a packet. */
export interface PacketReport {
  readonly bytes: number;
  readonly framing: Framing;
  /** As the wire has it; empty where it is missing. */
  readonly type: string;
  readonly said: Said;
  /** Its ids in hexadecimal; null where it is not whole. */
  readonly envelope: (Omit<Envelope, 'sourceId' | 'destinationId'> & Ids) | null;
  /** In the order of the wire; what is not text is in hexadecimal. */
  readonly fields: readonly { readonly name: string; readonly kind: string; readonly value: string }[];
  readonly key: number;
  readonly digest: string;
  readonly signature: 'right' | 'wrong' | 'unchecked';
  /** Why it is wrong. */
  readonly because: string | null;
}

interface Ids {
  readonly sourceId: string | null;
  readonly destinationId: string | null;
}

/** `ring`: null where nobody said with which keys to check it. */
export function packetReport(bytes: number, packet: Packet, ring: KeyRing | null): PacketReport {
  const { framing, message, signature } = packet;
  const verdict = ring === null ? null : verifyPacket(packet, ring);
  const envelope = envelopeIn(message);
  return {
    bytes,
    framing,
    type: textIn(message, 't') ?? '',
    said: saidIn(message),
    envelope: envelope && {
      ...envelope,
      sourceId: idText(envelope.sourceId),
      destinationId: idText(envelope.destinationId),
    },
    fields: message.map((field) => ({ name: field.name, kind: field.kind, value: valueText(field) })),
    ...signature,
    signature: verdict === null ? 'unchecked' : verdict.ok ? 'right' : 'wrong',
    because: verdict === null || verdict.ok ? null : verdict.because,
  };
}

/** A line of what it is, and one for each field, as a classic packet would have it but for bytes. */
export function packetText({
  type,
  envelope,
  framing,
  bytes,
  key,
  signature,
  because,
  fields,
}: PacketReport): string {
  const from = envelope === null ? 'nobody known' : envelope.source;
  const standing = {
    right: 'rightly signed',
    wrong: `not to be believed: ${because}`,
    unchecked: 'signature not checked',
  }[signature];
  const numbers = Object.fromEntries(fieldKinds.map((kind, number) => [kind, number]));
  const mark = (kind: string) => (kind === 'text' ? '' : `(${numbers[kind]})`);
  return [
    `${type || 'no type'} from ${from}, ${framing}, ${bytes} bytes, key ${key}, ${standing}`,
    ...fields.map(({ name, kind, value }) => `  ${mark(kind)}${name}=${value}`),
  ].join('\n');
}

function valueText(field: Field): string {
  return field.kind === 'text' ? field.value : Buffer.from(field.value).toString('hex');
}

function idText(id: Uint8Array | null): string | null {
  return id && Buffer.from(id).toString('hex');
}
