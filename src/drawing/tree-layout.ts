import { compareKeys, type InstanceKey } from '../kernel/instance-key.ts';

/** An instance and whom it stands below; null for one that follows nobody. */
export interface Branch {
  readonly instance: InstanceKey;
  readonly source: InstanceKey | null;
}

/** How large things are drawn, in pixels. */
export interface TreeSizes {
  readonly width: number;
  readonly height: number;
  /** Between an instance and its replicas. */
  readonly across: number;
  /** Between one instance and the next below it. */
  readonly down: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Replicas of one source that have none themselves, too many for a column: rows and columns in a frame. */
export interface Block extends Spot {
  readonly source: InstanceKey;
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

export interface Layout {
  /** The upper left corner of each instance. */
  readonly spots: ReadonlyMap<InstanceKey, Spot>;
  readonly blocks: readonly Block[];
  /** From a source to a replica. Those in a block have none: their frame has one. */
  readonly links: readonly { readonly from: InstanceKey; readonly to: InstanceKey }[];
}

/** More replicas than these, that have none themselves, go into a block. */
const mostInColumn = 12;
const frame = 12;

/**
 * A tidy tree from left to right: replicas stand right of their source, each source at the middle of its replicas, and
 * subtrees as close as their outlines let them (after Reingold and Tilford). The order is that of the keys, so that the
 * same topology always looks the same. Those that follow each other in a ring stand leftmost, one below the other.
 */
export function treeLayout(branches: readonly Branch[], sizes: TreeSizes): Layout {
  const forest = forestOf(branches);
  const all = beside(
    forest.roots.map((root) => shapeOf(root, forest, sizes)),
    sizes,
  );
  const spots = new Map<InstanceKey, Spot>();
  const blocks: Block[] = [];
  const lift = Math.min(0, ...all.top);
  for (const { shape, y } of all.parts) settle(shape, { x: 0, y: y - lift }, sizes, { spots, blocks });
  const framed = new Set([...forest.blocks.values()].flat());
  const links = branches.flatMap(({ instance, source }) =>
    source !== null && spots.has(source) && source !== instance && !framed.has(instance)
      ? [{ from: source, to: instance }]
      : [],
  );
  return { spots, blocks, links };
}

/** Who hangs below whom, each once, in the order of their keys. */
interface Forest {
  readonly roots: readonly InstanceKey[];
  /** Replicas that are drawn one by one. */
  readonly replicas: ReadonlyMap<InstanceKey, readonly InstanceKey[]>;
  /** Replicas that are drawn in a block. */
  readonly blocks: ReadonlyMap<InstanceKey, readonly InstanceKey[]>;
}

function forestOf(branches: readonly Branch[]): Forest {
  const sources = new Map(branches.map(({ instance, source }) => [instance, source]));
  const keys = [...sources.keys()].toSorted(compareKeys);
  const isRoot = (key: InstanceKey) => {
    const source = sources.get(key) ?? null;
    return source === null || !sources.has(source) || goesRound(key, sources);
  };
  const roots = keys.filter(isRoot);
  const rooted = new Set(roots);
  const below = new Map<InstanceKey, InstanceKey[]>();
  for (const key of keys) {
    const source = sources.get(key) ?? null;
    if (source === null || rooted.has(key)) continue;
    const siblings = below.get(source) ?? [];
    siblings.push(key);
    below.set(source, siblings);
  }
  const [replicas, blocks] = [new Map<InstanceKey, InstanceKey[]>(), new Map<InstanceKey, InstanceKey[]>()];
  for (const [source, siblings] of below) {
    const leaves = siblings.filter((key) => !below.has(key));
    const isMany = leaves.length > mostInColumn;
    replicas.set(source, isMany ? siblings.filter((key) => below.has(key)) : siblings);
    if (isMany) blocks.set(source, leaves);
  }
  return { roots, replicas, blocks };
}

/** Whoever goes from source to source comes back to it. */
function goesRound(key: InstanceKey, sources: ReadonlyMap<InstanceKey, InstanceKey | null>): boolean {
  const met = new Set<InstanceKey>();
  let at = sources.get(key) ?? null;
  while (at !== null && !met.has(at)) {
    if (at === key) return true;
    met.add(at);
    at = sources.get(at) ?? null;
  }
  return false;
}

/**
 * A subtree as it will be drawn. Heights are relative to the upper edge of its own instance or block; an outline has, for
 * each column from its own on, how far up or down it reaches there.
 */
interface Shape {
  readonly is:
    | { readonly kind: 'instance'; readonly key: InstanceKey }
    | { readonly kind: 'block'; readonly source: InstanceKey; readonly keys: readonly InstanceKey[] };
  readonly height: number;
  readonly parts: readonly { readonly shape: Shape; readonly y: number }[];
  readonly top: readonly number[];
  readonly bottom: readonly number[];
}

function shapeOf(key: InstanceKey, forest: Forest, sizes: TreeSizes): Shape {
  const keys = forest.blocks.get(key);
  const ones = (forest.replicas.get(key) ?? []).map((replica) => shapeOf(replica, forest, sizes));
  const { parts, top, bottom } = beside(
    keys === undefined ? ones : [...ones, blockShape(key, keys, sizes)],
    sizes,
  );
  const [first, last] = [parts[0], parts.at(-1)];
  const middle =
    first === undefined || last === undefined
      ? 0
      : (first.y + first.shape.height / 2 + last.y + last.shape.height / 2 - sizes.height) / 2;
  return {
    is: { kind: 'instance', key },
    height: sizes.height,
    parts: parts.map(({ shape, y }) => ({ shape, y: y - middle })),
    top: [0, ...top.map((y) => y - middle)],
    bottom: [sizes.height, ...bottom.map((y) => y - middle)],
  };
}

/** As wide as it is high, or nearly, and at least two columns. */
function blockShape(source: InstanceKey, keys: readonly InstanceKey[], sizes: TreeSizes): Shape {
  const { width, height } = blockSize(keys.length, sizes);
  const columns = Math.ceil((width + sizes.across) / (sizes.width + sizes.across));
  return {
    is: { kind: 'block', source, keys },
    height,
    parts: [],
    top: Array.from({ length: columns }, () => 0),
    bottom: Array.from({ length: columns }, () => height),
  };
}

function blockSize(count: number, { width, height, down }: TreeSizes) {
  const columns = Math.max(2, Math.round(Math.sqrt((count * (height + down)) / (width + down))));
  const rows = Math.ceil(count / columns);
  return {
    rows,
    width: columns * (width + down) - down + 2 * frame,
    height: rows * (height + down) - down + 2 * frame,
  };
}

/** Shapes one below the other, as close as their outlines let them. */
function beside(shapes: readonly Shape[], { down }: TreeSizes): Pick<Shape, 'parts' | 'top' | 'bottom'> {
  const [parts, top, bottom]: [{ shape: Shape; y: number }[], number[], number[]] = [[], [], []];
  for (const shape of shapes) {
    const gaps = shape.top.map(
      (reach, column) => (bottom[column] ?? Number.NEGATIVE_INFINITY) + down - reach,
    );
    const y = parts.length === 0 ? 0 : Math.max(...gaps);
    parts.push({ shape, y });
    shape.top.forEach((reach, column) => {
      top[column] = Math.min(top[column] ?? Number.POSITIVE_INFINITY, y + reach);
      bottom[column] = Math.max(bottom[column] ?? Number.NEGATIVE_INFINITY, y + (shape.bottom[column] ?? 0));
    });
  }
  return { parts, top, bottom };
}

/** Gives every instance of a shape its place. */
function settle(
  { is, parts, height }: Shape,
  at: Spot,
  sizes: TreeSizes,
  into: { spots: Map<InstanceKey, Spot>; blocks: Block[] },
): void {
  if (is.kind === 'instance') {
    into.spots.set(is.key, at);
    const x = at.x + sizes.width + sizes.across;
    for (const { shape, y } of parts) settle(shape, { x, y: at.y + y }, sizes, into);
    return;
  }
  const { rows, width } = blockSize(is.keys.length, sizes);
  into.blocks.push({ source: is.source, ...at, width, height, count: is.keys.length });
  is.keys.forEach((key, place) => {
    into.spots.set(key, {
      x: at.x + frame + Math.floor(place / rows) * (sizes.width + sizes.down),
      y: at.y + frame + (place % rows) * (sizes.height + sizes.down),
    });
  });
}
