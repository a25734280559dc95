import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import type { InstanceLook } from '../../../src/drawing/instance-look.ts';
import type { Instance } from '../api/types.ts';
import { Icon } from '../parts/icon.tsx';
import { Tag } from '../parts/tag.tsx';
import { factsOf } from './facts.ts';
import classes from './instance-card.module.css';
import { toneIcons, toneWords } from './words.ts';

export const cardSizes = { width: 304, height: 58, across: 64, down: 14 };

export type CardNode = Node<
  {
    readonly instance: Instance;
    readonly look: InstanceLook;
    /** What is dragged would be moved below it. */
    readonly isTarget: boolean;
    readonly isChosen: boolean;
  },
  'instance'
>;

/** An instance in the drawing. */
export const InstanceCard = memo(({ data: { instance, look, isTarget, isChosen } }: NodeProps<CardNode>) => {
  const [flaw] = look.flaws;
  return (
    <div className={classes['card']} data-tone={look.tone} data-target={isTarget} data-chosen={isChosen}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
      <div className={classes['head']}>
        <span className={classes['shape']} title={toneWords[look.tone]}>
          <Icon name={toneIcons[look.tone]} size={14} />
        </span>
        <span className={classes['name']} title={instance.instance}>
          {instance.alias === '' ? instance.instance : instance.alias}
        </span>
        {look.role === 'primary' || look.role === 'co-primary' ? (
          <Tag tone="mark" icon="crown">
            {look.role}
          </Tag>
        ) : null}
        {instance.downtime === null ? null : <Tag icon="pause">downtime</Tag>}
        {flaw === undefined || instance.downtime !== null ? null : <Tag tone={flaw.tone}>{flaw.short}</Tag>}
      </div>
      <div className={classes['facts']}>
        <span>{factsOf(instance, look).join(' · ')}</span>
        {instance.promotionRule === 'neutral' ? null : (
          <span>{instance.promotionRule.replace('_', ' ')}</span>
        )}
        <span className={classes['lag']}>
          {look.lag === '' ? '' : look.lag === 'none' ? 'lag ?' : look.lag}
        </span>
      </div>
    </div>
  );
});
InstanceCard.displayName = 'InstanceCard';
