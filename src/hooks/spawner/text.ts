const newline = 0x0a;

/** Where output was cut, as a person is told. */
export interface Cut {
  readonly missingBytes: number;
  /** It is not known how many more were written while it was being cut. */
  readonly orMore: boolean;
}

/**
 * The first and the last part of what was said, and between them a mark that says how much is missing.
 * A cut falls on a line break where one is near, for half a secret is not known for one when the text
 * is redacted; else between two characters. Bytes that are no UTF-8 become U+FFFD.
 */
export function shortened(head: Buffer, tail: Buffer, { missingBytes, orMore }: Cut): string {
  const end = endOfHead(head);
  const start = startOfTail(tail);
  const missing = missingBytes + (head.length - end) + start;
  const mark = `… ${missing} bytes ${orMore ? 'or more ' : ''}are left out …`;
  return `${headOf(head)}\n${mark}\n${tail.subarray(start).toString()}`;
}

/** The part of a text that was cut at its end, without what the cut left of a character or a line. */
export function headOf(cut: Buffer): string {
  return cut.subarray(0, endOfHead(cut)).toString().replace(/\n$/, '');
}

function endOfHead(head: Buffer): number {
  const line = head.lastIndexOf(newline) + 1;
  return line > 0 && head.length - line <= nearIn(head) ? line : wholeCharacters(head);
}

/** How far a cut may move to fall on a line break. */
function nearIn(part: Buffer): number {
  return Math.min(1_024, part.length / 4);
}

function startOfTail(tail: Buffer): number {
  const line = tail.indexOf(newline) + 1;
  if (line > 0 && line <= nearIn(tail)) return line;
  let start = 0;
  while (start < 3 && isContinuation(tail[start])) start += 1;
  return start;
}

/** How many bytes are left when a character that is cut at the end is taken away. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return lengthOfCharacter(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function lengthOfCharacter(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
