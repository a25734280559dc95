import { ActionIcon } from '@mantine/core';
import { Panel, useReactFlow } from '@xyflow/react';
import { Icon } from '../parts/icon.tsx';

/** Nearer, farther, all of it. */
export function Zoom({ onMoved }: { onMoved: () => void }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const buttons = [
    { name: 'plus', label: 'Nearer', act: () => zoomIn() },
    { name: 'minus', label: 'Farther', act: () => zoomOut() },
    { name: 'fit', label: 'Show all of it', act: () => fitView({ padding: 0.08, maxZoom: 1 }) },
  ] as const;
  return (
    <Panel position="top-right">
      <ActionIcon.Group orientation="vertical">
        {buttons.map(({ name, label, act }) => (
          <ActionIcon
            key={name}
            variant="default"
            size="lg"
            aria-label={label}
            title={label}
            onClick={() => {
              onMoved();
              void act();
            }}
          >
            <Icon name={name} size={15} />
          </ActionIcon>
        ))}
      </ActionIcon.Group>
    </Panel>
  );
}
