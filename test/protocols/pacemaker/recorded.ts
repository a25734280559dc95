import { readdirSync, readFileSync } from 'node:fs';

/** Messages of real clusters of two nodes (Pacemaker 2.1.5), each in both formats of its diff. */
export const recorded = new URL('../../fixtures/pacemaker/', import.meta.url);

export const numbers = readdirSync(new URL('messages/', recorded))
  .filter((name) => name.endsWith('.v2.xml'))
  .map((name) => name.slice(0, 5))
  .toSorted();

/** `format` as in the name of the file. */
export function messageText(number: string, format: 'v1' | 'v2'): string {
  return readFileSync(new URL(`messages/${number}.${format}.xml`, recorded), 'utf8');
}

/**
 * What the genuine crm_mon put into its agent's environment for each message, a line of columns each, in the order in
 * which the agents started, which is not the one in which they were called.
 */
export function environments(format: 'v1' | 'v2'): ReadonlyMap<string, readonly string[]> {
  const [, ...lines] = readFileSync(new URL(`expected-crm_mon.${format}.tsv`, recorded), 'utf8')
    .trimEnd()
    .split('\n');
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const number = line.slice(0, 5);
    found.set(number, [...(found.get(number) ?? []), line.slice(line.indexOf('\t') + 1)]);
  }
  return found;
}
