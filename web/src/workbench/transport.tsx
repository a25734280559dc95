import { Button, Group, Select, Switch, Text } from '@mantine/core';
import type { Control } from '../../../src/simulation/stage/stage.ts';
import { Tag } from '../parts/tag.tsx';
import type { StageState, Story } from './stage.ts';
import { useAsked } from './use-asked.ts';

const speeds = [0.1, 0.25, 0.5, 1, 2, 5, 10, 50];

/** Which story is played, and how its time passes. */
export function Transport({ stage, control }: { stage: StageState; control: (wish: Control) => void }) {
  const { answer: stories } = useAsked<readonly Story[]>('/stage/stories');
  const names = [...new Set([stage.story, ...(stories ?? []).map(({ name }) => name)])];
  return (
    <Group gap="sm" mb="sm" align="flex-end">
      <Select
        label="Story"
        data={names}
        value={stage.story}
        onChange={(story) => story !== null && control({ do: 'play', story })}
        searchable
        allowDeselect={false}
        w={300}
        maxDropdownHeight={420}
      />
      <Button variant="default" onClick={() => control({ do: 'play', story: stage.story })}>
        From the beginning
      </Button>
      {stage.isPaused ? (
        <Button onClick={() => control({ do: 'continue' })}>Continue</Button>
      ) : (
        <Button onClick={() => control({ do: 'pause' })}>Pause</Button>
      )}
      <Button
        variant="default"
        onClick={() => control({ do: 'step' })}
        title="Pauses, and goes on to the next thing that happens"
      >
        Step
      </Button>
      <Select
        label="Speed"
        data={[...new Set([...speeds, stage.speed])]
          .sort((a, b) => a - b)
          .map((one) => ({ value: String(one), label: `${one}×` }))}
        value={String(stage.speed)}
        onChange={(value) => value !== null && control({ do: 'speed', speed: Number(value) })}
        allowDeselect={false}
        w={90}
      />
      <Switch
        label="Chance strikes"
        checked={stage.faults}
        onChange={(event) => control({ do: 'faults', on: event.currentTarget.checked })}
        mb={8}
      />
      <Text className="mono" fz={20} fw={600} mb={4} aria-label="Time since the story began">
        {(stage.at / 1_000).toFixed(1)} s
      </Text>
      <Group mb={8}>
        {stage.isPaused ? (
          <Tag tone="warn" icon="pause">
            paused
          </Tag>
        ) : (
          <Tag tone="good" icon="arrow">
            {stage.isOver ? 'the story is told, its world goes on' : 'playing'}
          </Tag>
        )}
      </Group>
    </Group>
  );
}
