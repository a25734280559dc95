import { Position } from '@xyflow/react';
import type { Layout, Spot } from '../../../src/drawing/tree-layout.ts';
import type { BlockNode } from './block-frame.tsx';
import { cardSizes } from './card-sizes.ts';

const { width, height } = cardSizes;

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
