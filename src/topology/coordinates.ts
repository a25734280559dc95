import { z } from 'zod';

/** A place in a binary or relay log: file name and byte offset. */
export const Coordinates = z.object({ file: z.string(), position: z.number().int().nonnegative() });
export type Coordinates = z.infer<typeof Coordinates>;

/** As orchestrator writes them for hooks: `mysql-bin.000010:4712`. */
export function coordinatesText({ file, position }: Coordinates): string {
  return `${file}:${position}`;
}

/**
 * Negative when `a` comes first. Files are compared by base name, then by number: after
 * `bin.999999` comes `bin.1000000`, which a comparison of text gets wrong.
 */
export function compareCoordinates(a: Coordinates, b: Coordinates): number {
  const [left, right] = [splitFile(a.file), splitFile(b.file)];
  if (left.base !== right.base) return left.base < right.base ? -1 : 1;
  return left.number - right.number || a.position - b.position;
}

function splitFile(file: string): { base: string; number: number } {
  const dot = file.lastIndexOf('.');
  return { base: file.slice(0, dot), number: Number(file.slice(dot + 1)) };
}
