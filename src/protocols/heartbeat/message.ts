/** What a field may hold, in the order of the numbers by which the wire says it: 0 is text, 1 bytes and so on. */
export const fieldKinds = ['text', 'bytes', 'struct', 'list', 'compressed', 'uncompressed'] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** A field of a message. What is not text is carried as the bytes that travel; nothing of ours looks into structs. */
export type Field =
  | { readonly name: string; readonly kind: 'text'; readonly value: string }
  | { readonly name: string; readonly kind: Exclude<FieldKind, 'text'>; readonly value: Uint8Array };

/** A message of Linux-HA Heartbeat: its fields in the order of the wire. Names that nobody knows are legal and kept. */
export type Message = readonly Field[];

export function text(name: string, value: string): Field {
  return { name, kind: 'text', value };
}

export function bytes(name: string, value: Uint8Array): Field {
  return { name, kind: 'bytes', value };
}

/** A number as nearly all of them travel: hexadecimal, in small letters, without zeros before it. */
export function hex(name: string, value: number): Field {
  return text(name, value.toString(16));
}

/** A number as `firstseq` and `lastseq` of NS_rexmit travel, and no others. */
export function decimal(name: string, value: number): Field {
  return text(name, value.toString(10));
}

/** The first field of that name, where it is text; null where there is none. */
export function textIn(message: Message, name: string): string | null {
  const field = message.find((one) => one.name === name);
  return field?.kind === 'text' ? field.value : null;
}

export function bytesIn(message: Message, name: string): Uint8Array | null {
  const field = message.find((one) => one.name === name);
  return field?.kind === 'bytes' ? field.value : null;
}

/** Null where the field is missing, no hexadecimal number, or greater than a JavaScript number holds. */
export function hexIn(message: Message, name: string): number | null {
  const word = textIn(message, name);
  return word !== null && /^[0-9a-f]{1,13}$/i.test(word) ? Number.parseInt(word, 16) : null;
}

/** Null where the field is missing, no decimal number, or greater than a JavaScript number holds. */
export function decimalIn(message: Message, name: string): number | null {
  const word = textIn(message, name);
  return word !== null && /^\d{1,15}$/.test(word) ? Number(word) : null;
}
