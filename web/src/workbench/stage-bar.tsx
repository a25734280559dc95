import { ActionIcon, Group, Text } from '@mantine/core';
import type { Control } from '../../../src/simulation/stage/stage.ts';
import { Icon } from '../parts/icon.tsx';
import { Tag } from '../parts/tag.tsx';
import { Link } from '../router/link.tsx';
import { stageWatch } from './stage.ts';
import classes from './stage-bar.module.css';
import { useStage } from './use-stage.ts';

/** Above every view of a pretended world: that it is one, how far its story is, and a hand on its time. */
export default function StageBar() {
  const seen = useStage();
  if (seen === null) return null;
  const { story, isPaused, isOver, at, speed } = seen.stage;
  // What is refused is said on the stage itself.
  const control = (wish: Control) => void stageWatch.control(wish).catch(() => {});
  return (
    <Group className={classes['bar']} gap="xs" role="region" aria-label="Pretended world">
      <Tag tone="mark" icon="workbench">
        pretended
      </Tag>
      <Link to={{ view: 'workbench', rest: [] }} fw={600}>
        {story}
      </Link>
      <ActionIcon
        variant="default"
        aria-label={isPaused ? 'Continue' : 'Pause'}
        onClick={() => control({ do: isPaused ? 'continue' : 'pause' })}
      >
        <Icon name={isPaused ? 'play' : 'pause'} size={15} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label="To the next thing that happens"
        onClick={() => control({ do: 'step' })}
      >
        <Icon name="step" size={15} />
      </ActionIcon>
      <Text className="mono" size="sm">
        {(at / 1_000).toFixed(1)} s
      </Text>
      <Text size="sm" c="dimmed">
        {isPaused ? 'paused' : `at ${speed}×`}
        {isOver ? ', the story is told' : ''}
      </Text>
    </Group>
  );
}
