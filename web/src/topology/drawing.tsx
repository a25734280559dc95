import '@xyflow/react/dist/style.css';
import { useViewportSize } from '@mantine/hooks';
import { type NodeChange, ReactFlow, ReactFlowProvider, useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import { type Layout, treeLayout } from '../../../src/drawing/tree-layout.ts';
import { openAct } from '../acts/open-act.ts';
import type { LiveCluster } from '../live/standing.ts';
import { go } from '../router/history.ts';
import { type BlockNode, BlockFrame } from './block-frame.tsx';
import { blocksOf, cardAt } from './blocks.ts';
import { type CardNode, Cards, type Hand } from './cards.ts';
import classes from './drawing.module.css';
import { cardSizes } from './card-sizes.ts';
import { InstanceCard } from './instance-card.tsx';
import { edgesOf } from './links.ts';
import { Zoom } from './zoom.tsx';

const nodeTypes = { instance: InstanceCard, block: BlockFrame };
const fitView = { padding: 0.08, minZoom: 0.35, maxZoom: 1 };

/** From farther away nobody could read a card: only how each instance stands is drawn. */
const legibleFrom = 0.3;

interface Drawn {
  readonly cluster: LiveCluster;
  readonly looks: ReadonlyMap<string, InstanceLook>;
  readonly chosen: string | null;
}

/** A cluster as a tree, from left to right. An instance that is dragged onto another is to be moved below it. */
export function Drawing(drawn: Drawn) {
  return (
    <ReactFlowProvider>
      <Tree {...drawn} />
    </ReactFlowProvider>
  );
}

function Tree({ cluster, looks, chosen }: Drawn) {
  const layout = useLayout(cluster);
  const [{ dragged, target }, setDrag] = useState<Pick<Hand, 'dragged' | 'target'>>({
    dragged: null,
    target: null,
  });
  const [cards] = useState(() => new Cards());
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < legibleFrom);
  const blocks = useMemo(() => blocksOf(layout), [layout]);
  const hand = { chosen, dragged, target, isFar };
  const placed = cards.of(cluster, looks, layout, hand);
  const nodes = useMemo(() => [...blocks, ...placed], [blocks, placed]);
  // Behind whatever draws them, and before anybody sees it.
  useLayoutEffect(() => cards.tell());
  const edges = useMemo(() => edgesOf(layout, looks), [layout, looks]);
  const choose = (instance: string | null) => go({ view: 'cluster', cluster: cluster.alias, instance });
  useSight(layout, chosen);
  const touch = useWhole(layout);

  const onNodesChange = (changes: NodeChange<CardNode | BlockNode>[]) => {
    for (const change of changes) {
      if (change.type === 'select' && change.selected) choose(change.id);
      if (change.type !== 'position' || change.position === undefined || change.dragging !== true) continue;
      const { x, y } = change.position;
      const middle = { x: x + cardSizes.width / 2, y: y + cardSizes.height / 2 };
      setDrag({ dragged: { instance: change.id, at: { x, y } }, target: cardAt(layout, middle, change.id) });
    }
  };
  return (
    <ReactFlow
      className={`${classes['drawing']} ${isFar ? 'far' : ''}`}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      onNodesChange={onNodesChange}
      onNodeDragStop={(_, { id }) => {
        setDrag({ dragged: null, target: null });
        if (target !== null) openAct({ is: 'relocate', instance: id, below: target });
      }}
      onPaneClick={() => choose(null)}
      onMoveStart={(event) => (event === null ? undefined : touch())}
      onlyRenderVisibleElements
      nodesConnectable={false}
      elevateNodesOnSelect={false}
      selectNodesOnDrag={false}
      nodeDragThreshold={6}
      deleteKeyCode={null}
      multiSelectionKeyCode={null}
      disableKeyboardA11y={false}
      zoomOnDoubleClick={false}
      minZoom={0.05}
      maxZoom={1.5}
      fitView
      fitViewOptions={fitView}
      aria-label={`Topology of ${cluster.alias}`}
    >
      <Zoom onMoved={touch} />
    </ReactFlow>
  );
}

/** The same topology keeps its layout, whatever else changes. */
function useLayout(cluster: LiveCluster): Layout {
  const branches = cluster.instances.map(({ instance, source, detachedFrom }) => ({
    instance,
    source: source ?? detachedFrom,
  }));
  const shape = branches.map(({ instance, source }) => `${instance}<${source}`).join(' ');
  // The branches are new each time, and the same while their text is.
  return useMemo(() => treeLayout(branches, cardSizes), [shape]);
}

/** Whoever comes by a link or by the search sees the instance that it is about. */
function useSight({ spots }: Layout, chosen: string | null): void {
  const { setCenter, getZoom, getViewport } = useReactFlow();
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (chosen === seen.current) return;
    seen.current = chosen;
    const spot = [...spots].find(([instance]) => instance === chosen)?.[1];
    const sight = document.querySelector('.react-flow')?.getBoundingClientRect();
    if (spot === undefined || sight === undefined) return;
    const { x, y, zoom } = getViewport();
    const [left, upper] = [spot.x * zoom + x, spot.y * zoom + y];
    const isSeen =
      left >= 0 &&
      upper >= 0 &&
      left + cardSizes.width * zoom <= sight.width &&
      upper + cardSizes.height * zoom <= sight.height;
    if (isSeen && zoom >= 0.35) return;
    void setCenter(spot.x + cardSizes.width / 2, spot.y + cardSizes.height / 2, {
      zoom: Math.max(0.8, getZoom()),
    });
  }, [chosen, spots, setCenter, getZoom, getViewport]);
}

/** All of it is in sight, whatever becomes of the window and of the topology, until whoever looks has moved it themselves. */
function useWhole(layout: Layout): () => void {
  const { fitView: fit } = useReactFlow();
  const { width, height } = useViewportSize();
  const isTouched = useRef(false);
  useEffect(() => {
    if (width > 0 && height > 0 && layout.spots.size > 0 && !isTouched.current) void fit(fitView);
  }, [layout, width, height, fit]);
  return () => {
    isTouched.current = true;
  };
}
