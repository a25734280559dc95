import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import classes from './block-frame.module.css';

export type BlockNode = Node<{ readonly source: string; readonly count: number }, 'block'>;

/** The frame around many replicas of one source. */
export const BlockFrame = memo(({ data: { source, count } }: NodeProps<BlockNode>) => (
  <section className={classes['frame']} aria-label={`${count} replicas of ${source}`}>
    <Handle type="target" position={Position.Left} isConnectable={false} />
  </section>
));
BlockFrame.displayName = 'BlockFrame';
