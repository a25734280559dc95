import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, useCallback, useSyncExternalStore } from 'react';
import { Icon } from '../parts/icon.tsx';
import { Tag } from '../parts/tag.tsx';
import { type CardNode, labelId, type Shown } from './cards.ts';
import { factsOf } from './facts.ts';
import classes from './instance-card.module.css';
import { toneIcons } from './tone-icons.ts';
import { toneWords } from './words.ts';

/** An instance in the drawing. Where it is moved to is not its own concern. */
export const InstanceCard = memo(
  ({ id, data: { cards } }: NodeProps<CardNode>) => {
    const listen = useCallback((hear: () => void) => cards.listen(id, hear), [cards, id]);
    const shown = useSyncExternalStore(listen, () => cards.shown(id));
    return shown === null ? null : <Card id={id} shown={shown} />;
  },
  (before, now) => before.id === now.id && before.data === now.data,
);
InstanceCard.displayName = 'InstanceCard';

function Card({
  id,
  shown: { instance, look, isTarget, isChosen, isFar, label },
}: {
  id: string;
  shown: Shown;
}) {
  return (
    <div className={classes['card']} data-tone={look.tone} data-target={isTarget} data-chosen={isChosen}>
      <span id={labelId(id)} hidden>
        {label}
      </span>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
      {isFar ? null : <Legible instance={instance} look={look} />}
    </div>
  );
}

function Legible({ instance, look }: Pick<Shown, 'instance' | 'look'>) {
  const [flaw] = look.flaws;
  return (
    <>
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
    </>
  );
}
