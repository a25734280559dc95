import { type InstanceKey, portOf } from '../kernel/instance-key.ts';

/**
 * A port alone is read as the name of a host. Whom somebody may have meant who wrote one: those that listen on it,
 * as the end of a sentence; empty where it is no port or nobody does.
 */
export function didYouMean(written: string, known: readonly InstanceKey[]): string {
  const [, port] = /^:?(\d+)$/.exec(written.trim()) ?? [];
  const meant = port === undefined ? [] : known.filter((key) => portOf(key) === Number(port));
  return meant.length === 0 ? '' : `; did you mean ${meant.join(' or ')}?`;
}
