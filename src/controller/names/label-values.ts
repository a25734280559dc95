import type { Config } from '../../config/keys.ts';
import { compilePattern } from '../../config/pattern.ts';
import { hostOf, type InstanceKey } from '../../kernel/instance-key.ts';
import { type Instance, newInstance, type PromotionRule, promotionRules } from '../../topology/snapshot.ts';

/** What is said of an instance, by whomever. */
export type InstanceLabels = Pick<
  Instance,
  'alias' | 'dataCenter' | 'region' | 'environment' | 'promotionRule' | 'semiSyncPriority'
>;

/** What the operator's own queries and patterns say of it; they may say nothing of its promotion rule. */
export type ToldLabels = Omit<InstanceLabels, 'promotionRule'> & {
  readonly promotionRule: PromotionRule | null;
};

/** What a query gave, fit to be kept; or why it is not used, to be said after the query's name. */
export type Label =
  | { readonly fit: true; readonly text: string }
  | { readonly fit: false; readonly because: string };

/** orchestrator has 128 characters for an alias, and less for the rest. */
const mostCharacters = 128;

/**
 * Reads what came from a table that others write to: it will be a hook's word, a line of the log and part of
 * a terminal's. Control characters, invisible ones and those that turn a line around are refused, and so is
 * what is too long, for cut off it would be another name.
 */
export function readLabel(value: string | null): Label {
  const text = (value ?? '').trim();
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))
    return { fit: false, because: 'gave a text with control characters' };
  if (text.length > mostCharacters)
    return { fit: false, because: `gave a text of ${text.length} characters, more than ${mostCharacters}` };
  return { fit: true, text };
}

/** A promotion rule of orchestrator's, or none. */
export function readPromotionRule(value: string | null): Label {
  const read = readLabel(value);
  if (!read.fit || read.text === '' || promotionRules.some((rule) => rule === read.text)) return read;
  return { fit: false, because: `gave "${read.text}", which is none of ${promotionRules.join(', ')}` };
}

/** A whole number, 0 for never; none where nobody has a say. */
export function readSemiSyncPriority(value: string | null): Label {
  const read = readLabel(value);
  if (!read.fit || /^\d{0,9}$/.test(read.text)) return read;
  return { fit: false, because: `gave "${read.text}", which is no priority: a whole number, 0 for never` };
}

/** What is known of an instance before it is asked: what its host name says by the patterns. */
export function labelsByName(config: Config, key: InstanceKey): ToldLabels {
  const { alias, semiSyncPriority } = newInstance(key);
  const firstGroup = (pattern: string) =>
    pattern === '' ? '' : (compilePattern(pattern)?.exec(hostOf(key))?.[1] ?? '');
  return {
    alias,
    promotionRule: null,
    semiSyncPriority,
    dataCenter: firstGroup(config.DataCenterPattern),
    region: firstGroup(config.RegionPattern),
    environment: firstGroup(config.PhysicalEnvironmentPattern),
  };
}
