import type { Edge } from '@xyflow/react';
import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import type { Layout } from '../../../src/drawing/tree-layout.ts';

/** Lines from sources to replicas; broken ones are dashed, so that colour does not say it alone. */
export function edgesOf({ links, blocks }: Layout, looks: ReadonlyMap<string, InstanceLook>): Edge[] {
  const ofLinks = links.map(({ from, to }) => {
    const tone = looks.get(to)?.tone ?? 'good';
    return edge(from, to, tone === 'bad' ? 'broken' : 'whole');
  });
  return [...ofLinks, ...blocks.map(({ source }) => edge(source, `block ${source}`, 'whole'))];
}

function edge(source: string, target: string, className: 'whole' | 'broken'): Edge {
  return {
    id: `${source} ${target}`,
    source,
    target,
    type: 'smoothstep',
    className,
    focusable: false,
    selectable: false,
  };
}
