import type { End, Filling, Part } from './archive.ts';
import { unusable } from './portable.ts';
import { type Verified, verify } from './verify.ts';

/** How many parts are put at once. */
const atOnce = 50;

/** A way through all of another journal, from the beginning each time that it is called. */
export type Walk = () => AsyncIterable<Part | End>;

/**
 * Fills an empty journal with all of another, seals and numbers and all, so that what held there holds
 * here. Looks through the other one first. Throws `journal-unusable` where a seal does not fit, and
 * where the journal that is to be filled is not empty; nothing is changed then.
 */
export async function filledFrom(walk: Walk, filling: Filling): Promise<Verified> {
  if (!(await filling.isEmpty())) throw unusable('what is to be filled is not empty; nothing was changed');
  const verified = await verify(walk());
  const [fault] = verified.faults;
  if (fault !== undefined)
    throw unusable(`its seals do not hold: ${fault.where}: ${fault.what}; nothing was changed`);
  let parts: Part[] = [];
  for await (const part of walk()) {
    if (part.kind !== 'end') parts.push(part);
    if (part.kind !== 'end' && parts.length < atOnce) continue;
    await filling.put(parts);
    parts = [];
    if (part.kind === 'end') await filling.finish(part.extent);
  }
  return verified;
}
