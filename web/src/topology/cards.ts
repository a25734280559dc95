import { type Node, Position } from '@xyflow/react';
import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import type { Layout, Spot } from '../../../src/drawing/tree-layout.ts';
import type { Instance } from '../api/types.ts';
import type { LiveCluster } from '../live/standing.ts';
import { cardSizes } from './card-sizes.ts';
import { roleWords, toneWords } from './words.ts';

const { width, height } = cardSizes;

/** Where a card is; what it shows it hears itself. */
export type CardNode = Node<{ readonly cards: Cards }, 'instance'>;

/** Where lines begin and end, told before a card is drawn: one that is out of sight need not be drawn to know it. */
const handles: NonNullable<CardNode['handles']> = [
  { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
  { type: 'source', position: Position.Right, x: width - 1, y: height / 2, width: 1, height: 1 },
];

/** What is chosen, what is being dragged and where to, what it would be moved below, and from how far one looks. */
export interface Hand {
  readonly chosen: string | null;
  readonly dragged: { readonly instance: string; readonly at: Spot } | null;
  readonly target: string | null;
  /** Nobody could read a card from there: only how each instance stands is drawn. */
  readonly isFar: boolean;
}

/** What one card shows. */
export interface Shown {
  readonly instance: Instance;
  readonly look: InstanceLook;
  /** What is dragged would be moved below it. */
  readonly isTarget: boolean;
  readonly isChosen: boolean;
  readonly isFar: boolean;
  /** What it is called where it is not seen. */
  readonly label: string;
}

/**
 * The cards of a cluster. The drawing knows where they are; what a card shows is told to that card alone, so that of a
 * thousand those are drawn again that show something else, and nothing around them.
 */
export class Cards {
  #placed: readonly CardNode[] = [];
  #nodes = new Map<string, CardNode>();
  #shown: ReadonlyMap<string, Shown> = new Map();
  /** As it was when the cards were last told. */
  #told: ReadonlyMap<string, Shown> = new Map();
  readonly #hearers = new Map<string, () => void>();
  readonly #data = { cards: this };

  /** Where each card is, the very list of before where all are where they were; what they show from now on is told by `tell`. */
  of(
    cluster: LiveCluster,
    looks: ReadonlyMap<string, InstanceLook>,
    layout: Layout,
    hand: Hand,
  ): readonly CardNode[] {
    const shown = new Map<string, Shown>();
    const nodes = cluster.instances.flatMap((instance) => {
      const id = instance.instance;
      const [look, spot] = [looks.get(id), layout.spots.get(id)];
      if (look === undefined || spot === undefined) return [];
      shown.set(id, this.#shownOf(instance, look, hand));
      return [this.#nodeOf(id, spot, hand)];
    });
    this.#shown = shown;
    const isSame =
      nodes.length === this.#placed.length && nodes.every((node, at) => node === this.#placed[at]);
    if (isSame) return this.#placed;
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#placed = nodes;
    return nodes;
  }

  /** Those that show something else than before are drawn again. */
  tell(): void {
    for (const [id, hear] of this.#hearers) if (this.#shown.get(id) !== this.#told.get(id)) hear();
    this.#told = this.#shown;
  }

  /** What a card shows; null for one that is gone. */
  shown(id: string): Shown | null {
    return this.#shown.get(id) ?? null;
  }

  /** Calls `hear` when a card is to be drawn again. Gives how to end that. */
  listen(id: string, hear: () => void): () => void {
    this.#hearers.set(id, hear);
    return () => {
      if (this.#hearers.get(id) === hear) this.#hearers.delete(id);
    };
  }

  #shownOf(instance: Instance, look: InstanceLook, { chosen, target, isFar }: Hand): Shown {
    const id = instance.instance;
    const [isChosen, isTarget] = [chosen === id, target === id];
    const label = labelOf(id, look);
    const made = this.#shown.get(id);
    const isSame =
      made !== undefined &&
      // From afar all that is seen of an instance is in its label.
      (isFar || made.instance === instance) &&
      made.label === label &&
      made.isFar === isFar &&
      made.isChosen === isChosen &&
      made.isTarget === isTarget;
    return isSame ? made : { instance, look, isChosen, isTarget, isFar, label };
  }

  #nodeOf(id: string, spot: Spot, { dragged }: Hand): CardNode {
    const isDragged = dragged?.instance === id;
    const { x, y } = isDragged ? dragged.at : spot;
    const zIndex = isDragged ? 1_000 : 1;
    const made = this.#nodes.get(id);
    if (made?.position.x === x && made.position.y === y && made.zIndex === zIndex) return made;
    return {
      id,
      type: 'instance',
      position: { x, y },
      width,
      height,
      // Told rather than measured: the browser need not lay out what is out of sight.
      measured: { width, height },
      handles,
      zIndex,
      data: this.#data,
      domAttributes: { 'aria-labelledby': labelId(id) },
    };
  }
}

/** Of the element that names a card. */
export function labelId(id: string): string {
  return `card-${id}`;
}

function labelOf(id: string, { role, tone, flaws }: InstanceLook): string {
  return [id, roleWords[role], toneWords[tone], ...flaws.map(({ short }) => short)].join(', ');
}
