import { Position } from '@xyflow/react';
import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import type { Layout, Spot } from '../../../src/drawing/tree-layout.ts';
import type { Instance } from '../api/types.ts';
import type { LiveCluster } from '../live/standing.ts';
import type { BlockNode } from './block-frame.tsx';
import { type CardNode, cardSizes } from './instance-card.tsx';
import { roleWords, toneWords } from './words.ts';

const { width, height } = cardSizes;

/** Where lines begin and end, told before a card is drawn: one that is out of sight need not be drawn to know it. */
const handles: NonNullable<CardNode['handles']> = [
  { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
  { type: 'source', position: Position.Right, x: width - 1, y: height / 2, width: 1, height: 1 },
];

/** What is chosen, what is being dragged and where to, and what it would be moved below. */
export interface Hand {
  readonly chosen: string | null;
  readonly dragged: { readonly instance: string; readonly at: Spot } | null;
  readonly target: string | null;
}

/**
 * Cards of a cluster. One that is as it was before is the very object that it was, so that of a thousand only what has
 * changed is drawn again.
 */
export class Cards {
  #made = new Map<string, CardNode>();

  of(cluster: LiveCluster, looks: ReadonlyMap<string, InstanceLook>, layout: Layout, hand: Hand): CardNode[] {
    const cards = cluster.instances.flatMap((instance) => {
      const look = looks.get(instance.instance);
      const spot = layout.spots.get(instance.instance);
      if (look === undefined || spot === undefined) return [];
      const at = hand.dragged?.instance === instance.instance ? hand.dragged.at : spot;
      return [this.#cardOf(instance, look, at, hand)];
    });
    this.#made = new Map(cards.map((card) => [card.id, card]));
    return cards;
  }

  #cardOf(instance: Instance, look: InstanceLook, { x, y }: Spot, hand: Hand): CardNode {
    const id = instance.instance;
    const [isChosen, isTarget] = [hand.chosen === id, hand.target === id];
    const isDragged = hand.dragged?.instance === id;
    const made = this.#made.get(id);
    const isSame =
      made !== undefined &&
      made.data.instance === instance &&
      made.data.isChosen === isChosen &&
      made.data.isTarget === isTarget &&
      made.data.look.role === look.role &&
      made.position.x === x &&
      made.position.y === y;
    if (isSame) return made;
    return {
      id,
      type: 'instance',
      position: { x, y },
      width,
      height,
      // Told rather than measured: the browser need not lay out what is out of sight.
      measured: { width, height },
      handles,
      zIndex: isDragged ? 1_000 : 1,
      data: { instance, look, isChosen, isTarget },
      ariaLabel: [id, roleWords[look.role], toneWords[look.tone], ...look.flaws.map(({ says }) => says)].join(
        ', ',
      ),
    };
  }
}

export function blocksOf({ blocks }: Layout): BlockNode[] {
  return blocks.map(({ source, count, x, y, ...size }) => ({
    id: `block ${source}`,
    type: 'block',
    position: { x, y },
    ...size,
    measured: size,
    handles: [{ type: 'target', position: Position.Left, x: 0, y: size.height / 2, width: 1, height: 1 }],
    zIndex: 0,
    draggable: false,
    selectable: false,
    focusable: false,
    data: { source, count },
  }));
}

/** Whose card a point is on; not the one that is dragged. */
export function cardAt({ spots }: Layout, { x, y }: Spot, dragged: string): string | null {
  for (const [instance, spot] of spots) {
    if (instance === dragged) continue;
    if (x >= spot.x && x <= spot.x + width && y >= spot.y && y <= spot.y + height) return instance;
  }
  return null;
}
