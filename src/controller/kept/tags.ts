import { z } from 'zod';
import type { Journal } from '../../engine/ports.ts';
import { BatonError } from '../../kernel/errors.ts';
import { asWritten, compareKeys, InstanceKey } from '../../kernel/instance-key.ts';
import { areTagged, parseTag, parseTags, type Tag, tagTexts } from '../../topology/tags.ts';
import { readLabel } from '../names/label-values.ts';
import type { Asker } from '../requests/requests.ts';
import type { Said } from './kept.ts';

const room = 'tags';
const Kept = z.record(z.string(), z.string());
type Kept = z.infer<typeof Kept>;

/** The tags of one instance, as lists show them: `name=value`, or the name alone. */
export interface TaggedInstance {
  readonly instance: InstanceKey;
  readonly tags: readonly string[];
}

/** What people have tagged instances with (orchestrator 3.2.6, section 5.4): kept in the journal until somebody takes it off. */
export class Tags {
  #byInstance = new Map<InstanceKey, Kept>();
  readonly #journal: Journal;
  readonly #said: Said;

  constructor({ journal, said }: { journal: Journal; said: Said }) {
    this.#journal = journal;
    this.#said = said;
  }

  async load(): Promise<void> {
    this.#byInstance = new Map(
      [...(await this.#journal.kept(room))].flatMap(([name, value]) => {
        const key = InstanceKey.safeParse(name);
        const kept = Kept.safeParse(value);
        return key.success && kept.success ? [[key.data, kept.data] as const] : [];
      }),
    );
  }

  of(instance: InstanceKey): readonly string[] {
    return tagTexts(this.#kept(instance));
  }

  /** The value of a tag, empty where it has none. Throws `request-refused` where there is no such tag. */
  valueOf(instance: InstanceKey, name: string): string {
    const value = this.#kept(instance)[name];
    if (value === undefined)
      throw new BatonError('request-refused', `${instance} has no tag ${asWritten(name)}`);
    return value;
  }

  /** Whatever is tagged at all, by name. */
  get all(): readonly TaggedInstance[] {
    return this.#keys.map((instance) => ({ instance, tags: this.of(instance) }));
  }

  /** Those of which an expression holds. Throws `usage`. */
  tagged(expression: string): readonly InstanceKey[] {
    const wanted = parseTags(expression);
    if (wanted === null) throw unreadable(expression);
    return this.#keys.filter((key) => areTagged(this.#kept(key), wanted));
  }

  /** Sets `name=value`, or `name`; a value that there was is replaced. Throws `usage`. */
  async set(instance: InstanceKey, text: string, asker: Asker): Promise<void> {
    const { name, value } = plainTag(text);
    const kept = this.#kept(instance);
    if (kept[name] === (value ?? '')) return;
    const says = `${instance} is tagged ${tagTexts({ [name]: value ?? '' }).join('')}.`;
    await this.#said({ type: 'tag', instance, says }, asker, () =>
      this.#write(instance, { ...kept, [name]: value ?? '' }),
    );
  }

  /** Takes `name`, or `name=value` where it has that value, off one instance; gives it where it had that. Throws `usage`. */
  async remove(instance: InstanceKey, text: string, asker: Asker): Promise<readonly InstanceKey[]> {
    return this.#takeOff([instance], plainTag(text), asker);
  }

  /** Takes `name=value` off whoever has it; gives them. Throws `usage`, also where no value is named. */
  async removeEverywhere(text: string, asker: Asker): Promise<readonly InstanceKey[]> {
    const tag = plainTag(text);
    if (tag.value === null)
      throw new BatonError(
        'usage',
        `${asWritten(text)} names no value: what is taken off everywhere is name=value`,
      );
    return this.#takeOff(this.#keys, tag, asker);
  }

  /** A server is known by another of its addresses from now on. */
  async renamed(other: InstanceKey, name: InstanceKey): Promise<void> {
    if (!this.#byInstance.has(other)) return;
    await this.#write(name, { ...this.#kept(other), ...this.#kept(name) });
    await this.#write(other, {});
  }

  async #takeOff(instances: readonly InstanceKey[], tag: Tag, asker: Asker): Promise<readonly InstanceKey[]> {
    const those = instances.filter((key) => areTagged(this.#kept(key), [tag]));
    for (const instance of those) {
      const says = `${instance} is not tagged ${tag.name} any more.`;
      await this.#said({ type: 'untag', instance, says }, asker, () => {
        const { [tag.name]: _, ...rest } = this.#kept(instance);
        return this.#write(instance, rest);
      });
    }
    return those;
  }

  #kept(instance: InstanceKey): Kept {
    return this.#byInstance.get(instance) ?? {};
  }

  get #keys(): readonly InstanceKey[] {
    return [...this.#byInstance.keys()].toSorted(compareKeys);
  }

  async #write(instance: InstanceKey, kept: Kept): Promise<void> {
    if (Object.keys(kept).length === 0) {
      await this.#journal.drop(room, instance);
      this.#byInstance.delete(instance);
    } else {
      await this.#journal.keep(room, instance, kept);
      this.#byInstance.set(instance, kept);
    }
  }
}

/** A tag to be set or taken off: no expression. Throws `usage`. */
function plainTag(text: string): Tag {
  const tag = parseTag(text);
  if (tag === null || tag.negated || text.includes(',')) throw unreadable(text);
  for (const part of [tag.name, tag.value ?? '']) {
    const label = readLabel(part);
    if (!label.fit) throw new BatonError('usage', `the tag ${asWritten(text)} ${label.because}`);
  }
  return tag;
}

function unreadable(text: string): BatonError {
  return new BatonError('usage', `${asWritten(text)} is no tag: a tag is written as name or name=value`);
}
