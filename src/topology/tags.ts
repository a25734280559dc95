/** The tags of one instance: names with their values, empty where a tag has none. */
export type Tags = Readonly<Record<string, string>>;

/** One part of an expression on tags; `value` is null where any will do. */
export interface Tag {
  readonly name: string;
  readonly value: string | null;
  /** `~` or `!` stood before it. */
  readonly negated: boolean;
}

/** Reads `name`, `name=value`, and either with `~` or `!` before it (orchestrator 3.2.6, section 5.4). Null where it is no tag. */
export function parseTag(text: string): Tag | null {
  const [, negation = '', name = '', equals = '', value = ''] =
    /^([~!]?)([^=~!][^=]*)(=?)(.*)$/su.exec(text.trim()) ?? [];
  if (name.trim() === '') return null;
  return { name: name.trim(), value: equals === '' ? null : value.trim(), negated: negation !== '' };
}

/** Reads an expression: every part of it, between commas, must hold. Null where a part is no tag. */
export function parseTags(text: string): readonly Tag[] | null {
  const tags = text.split(',').map(parseTag);
  return tags.some((tag) => tag === null) ? null : tags.filter((tag) => tag !== null);
}

/**
 * Whether all parts of an expression hold of an instance (orchestrator 3.2.6, section 5.4). A negated name wants some
 * tag, though not this one; a negated value wants the name with another value.
 */
export function areTagged(tags: Tags, wanted: readonly Tag[]): boolean {
  return wanted.every((one) => isTagged(tags, one));
}

function isTagged(tags: Tags, { name, value, negated }: Tag): boolean {
  const has = Object.hasOwn(tags, name);
  if (!negated) return has && (value === null || tags[name] === value);
  if (value !== null) return has && tags[name] !== value;
  return !has && Object.keys(tags).length > 0;
}

/** As lists show them, by name: `name=value`, or the name alone. */
export function tagTexts(tags: Tags): readonly string[] {
  return Object.entries(tags)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
}
