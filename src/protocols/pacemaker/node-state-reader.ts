import {
  type Element,
  type MembershipAttribute,
  membershipAttributes,
  type NodeStateChange,
} from './message.ts';
import type { Attributes } from './xml.ts';

/** What a change of a patchset says of a node_state that was there before. */
interface Modification {
  readonly names: string[];
  attributes: Attributes | null;
}

/**
 * Gathers the changes of membership from the elements of a diff, in either format. Each node_state whose attributes say
 * something else now counts; one that is only passed on the way to its operations does not.
 */
export class NodeStateReader {
  readonly #changes: NodeStateChange[] = [];
  /** Format 1: what the changed attributes of each node were, by its id. */
  readonly #before = new Map<string, Attributes>();
  readonly #after: { readonly attributes: Attributes; readonly isNew: boolean }[] = [];
  #modification: Modification | null = null;

  /** To be told of every element of the message; the last of the path is the one that was opened. */
  opened(path: readonly Element[]): void {
    const [, result, diff, part, first, second, third] = path;
    const last = path.at(-1);
    if (last === undefined || result?.name !== 'cib_update_result' || diff?.name !== 'diff') return;
    if (part?.name === 'change') this.#openedInChange(path, last);
    else if (
      last.name === 'node_state' &&
      first?.name === 'cib' &&
      second?.name === 'status' &&
      third === last
    )
      this.#openedInSide(path, last.attributes);
  }

  /** To be told of the end of every `change`. */
  changeEnded(): void {
    const { names = [], attributes } = this.#modification ?? {};
    const changed = membershipAttributes.filter((name) => names.includes(name));
    if (attributes && changed.length > 0) this.#changes.push({ attributes, changed });
    this.#modification = null;
  }

  /** All of them, once the message is at its end. */
  changes(): readonly NodeStateChange[] {
    const after = this.#after.map(({ attributes, isNew }) => ({
      attributes,
      changed: isNew ? presentIn(attributes) : this.#changedIn(attributes),
    }));
    return [...this.#changes, ...after.filter(({ changed }) => changed.length > 0)];
  }

  #openedInSide(path: readonly Element[], attributes: Attributes): void {
    const side = path[3]?.name;
    const { id } = attributes;
    // Format 1 marks the topmost element of what is new as a whole.
    const isNew = path.some((one) => one.attributes['__crm_diff_marker__'] === 'added:top');
    if (side === 'diff-added') this.#after.push({ attributes, isNew });
    else if (side === 'diff-removed' && id !== undefined) this.#before.set(id, attributes);
  }

  #changedIn(after: Attributes): readonly MembershipAttribute[] {
    const before = this.#before.get(after['id'] ?? '') ?? {};
    return membershipAttributes.filter((name) => before[name] !== undefined && before[name] !== after[name]);
  }

  #openedInChange(path: readonly Element[], last: Element): void {
    const [, , , change, inner] = path;
    const operation = change?.attributes['operation'];
    if (path.length === 4) {
      this.#modification = operation === 'modify' ? { names: [], attributes: null } : null;
    } else if (operation === 'create' && isCreatedState(path)) {
      this.#changes.push({ attributes: last.attributes, changed: presentIn(last.attributes) });
    } else if (this.#modification !== null && path.length === 6) {
      const { name } = last.attributes;
      if (inner?.name === 'change-list' && name !== undefined) this.#modification.names.push(name);
      if (inner?.name === 'change-result' && last.name === 'node_state')
        this.#modification.attributes = last.attributes;
    }
  }
}

/** A node_state that a change creates, alone or with the whole status or the whole CIB around it. */
function isCreatedState(path: readonly Element[]): boolean {
  const created = path.slice(4).map(({ name }) => name);
  return ['node_state', 'status/node_state', 'cib/status/node_state'].includes(created.join('/'));
}

function presentIn(attributes: Attributes): readonly MembershipAttribute[] {
  return membershipAttributes.filter((name) => attributes[name] !== undefined);
}
