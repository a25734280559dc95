import type { Element, Message, Operation } from './message.ts';
import { NodeStateReader } from './node-state-reader.ts';
import { type Attributes, refuse, usualBounds, type XmlBounds, XmlReader } from './xml.ts';

/** The message that a text holds. Throws BatonError `message-unreadable`. */
export function decodeMessage(text: string, bounds: XmlBounds = usualBounds): Message {
  const reader = new MessageReader(bounds);
  reader.write(text);
  return reader.end();
}

/**
 * Reads one notification of the CIB as its pieces come in, keeping only what it will tell of. Its type
 * (`cib_object_type`) is not looked at: changes of nodes and of resources come in messages of any type, and Pacemaker
 * 3.0 has it no more. Throws BatonError `message-unreadable`.
 */
export class MessageReader {
  readonly #xml: XmlReader;
  readonly #path: Element[] = [];
  /** How many elements each of the path, and the document before it, has had so far. */
  readonly #children = [0];
  readonly #operations: Operation[] = [];
  readonly #nodes = new NodeStateReader();
  #format: Message['format'] = null;
  #failed = false;

  constructor(bounds: XmlBounds = usualBounds) {
    this.#xml = new XmlReader(
      {
        opened: (name, attributes) => this.#opened(name, attributes),
        closed: (name) => this.#closed(name),
      },
      bounds,
    );
  }

  write(text: string): void {
    this.#xml.write(text);
  }

  /** The message, once its last piece was written. */
  end(): Message {
    this.#xml.end();
    return {
      format: this.#format,
      operations: this.#operations,
      // A change that was refused changed nothing.
      nodes: this.#failed ? [] : this.#nodes.changes(),
    };
  }

  #opened(name: string, attributes: Attributes): void {
    const depth = this.#path.length;
    const place = this.#children[depth] ?? 0;
    this.#children[depth] = place + 1;
    this.#children[depth + 1] = 0;
    this.#path.push({ name, attributes, place });
    if (depth === 0) this.#begin(name, attributes);
    else if (name === 'diff' && isDiff(this.#path)) this.#format = formatOf(attributes['format']);
    else if (name === 'lrm_rsc_op') this.#keep();
    else this.#nodes.opened(this.#path);
  }

  #closed(name: string): void {
    this.#path.pop();
    if (name === 'change') this.#nodes.changeEnded();
  }

  #begin(name: string, attributes: Attributes): void {
    if (name !== 'notify') refuse(`its root is <${name}>, not <notify>`);
    this.#failed = (attributes['cib_rc'] ?? '0') !== '0';
  }

  #keep(): void {
    const side = sideOf(this.#path);
    if (side !== null) this.#operations.push({ side, path: [...this.#path] });
  }
}

function isDiff(path: readonly Element[]): boolean {
  return path.length === 3 && path[1]?.name === 'cib_update_result';
}

function formatOf(written: string | undefined): Message['format'] {
  if (written === undefined) return null;
  if (written === '1') return 1;
  if (written === '2') return 2;
  return refuse(`its diff is of format "${written}"; known are 1 and 2`);
}

/** Null of what is no part of a diff: `cib_update` says what was asked for, which may be what was there already. */
function sideOf(path: readonly Element[]): Operation['side'] | null {
  if (!isDiff(path.slice(0, 3)) || path[2]?.name !== 'diff') return null;
  const part = path[3];
  if (part?.name === 'diff-removed') return 'removed';
  if (part?.name === 'diff-added' || part?.name === 'change') return 'added';
  return null;
}
