import type { Act, Standing } from './plan.ts';
import type { NodeState } from '../said.ts';
import type { Tracking } from './tracking.ts';

/** What is known of a node; of the session's own only its links are of interest. */
export class Peer {
  readonly node: string;
  /** Null until it was heard. */
  id: Uint8Array | null = null;
  tracking: Tracking | null = null;
  /** The highest sequence that is to be acknowledged; null where none waits. */
  toAcknowledge: number | null = null;
  state: NodeState = 'init';
  /** Of its last status. */
  heardMs: number;
  /** After how long it wants to be taken for dead. */
  deadMs: number;
  readonly #links: Map<string, { up: boolean; heardMs: number }>;

  constructor(node: string, links: readonly string[], deadMs: number, nowMs: number) {
    this.node = node;
    this.deadMs = deadMs;
    this.heardMs = nowMs;
    this.#links = new Map(links.map((link) => [link, { up: false, heardMs: nowMs }]));
  }

  become(state: NodeState, because: string): readonly Act[] {
    if (state === this.state) return [];
    this.state = state;
    return [{ act: 'node', node: this.node, state, because }];
  }

  heardOn(link: string, nowMs: number): readonly Act[] {
    const found = this.#links.get(link);
    if (found === undefined) return [];
    found.heardMs = nowMs;
    if (found.up) return [];
    found.up = true;
    return [{ act: 'link', node: this.node, link, up: true }];
  }

  /** Links on which nothing has come for that long. */
  silentLinks(deadMs: number, nowMs: number): readonly Act[] {
    return [...this.#links].flatMap(([link, known]): readonly Act[] => {
      if (!known.up || nowMs - known.heardMs <= deadMs) return [];
      known.up = false;
      return [{ act: 'link', node: this.node, link, up: false }];
    });
  }

  /** Nobody was listening meanwhile, so its silence says nothing. */
  forgive(nowMs: number): void {
    this.heardMs = nowMs;
    for (const known of this.#links.values()) known.heardMs = nowMs;
  }

  standing(): Standing {
    const links = [...this.#links].map(([link, { up }]) => ({ link, up }));
    return { node: this.node, state: this.state, links };
  }
}
