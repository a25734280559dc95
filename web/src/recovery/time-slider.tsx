import { Button, Group } from '@mantine/core';
import type { Row } from '../../../src/drawing/rows.ts';
import { Icon } from '../parts/icon.tsx';
import classes from './recovery.module.css';

/** Leads through the moments of an incident. Arrow keys go by one, Home and End to its ends. */
export function TimeSlider({
  rows,
  place,
  follows,
  began,
  onPlace,
}: {
  rows: readonly Row[];
  /** The line of the timeline that is looked at. */
  place: number;
  /** It is the newest, and stays so. */
  follows: boolean;
  began: number;
  /** Null for the newest, whatever comes. */
  onPlace: (place: number | null) => void;
}) {
  const row = rows[place];
  const last = rows.length - 1;
  if (row === undefined) return null;
  const seconds = `${((row.at - began) / 1_000).toFixed(3)} s`;
  const to = (next: number) => onPlace(next >= last ? null : Math.max(0, next));
  return (
    <section className={`panel ${classes['slider']}`} aria-label="Time">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <b className="mono">{seconds}</b>
        <Group gap={6} wrap="nowrap">
          <Button size="compact-sm" variant="default" disabled={place === 0} onClick={() => to(place - 1)}>
            Back
          </Button>
          <Button size="compact-sm" variant="default" disabled={place === last} onClick={() => to(place + 1)}>
            On
          </Button>
          <Button
            size="compact-sm"
            variant={follows ? 'default' : 'filled'}
            disabled={follows}
            leftSection={<Icon name="arrow" size={13} />}
            onClick={() => onPlace(null)}
          >
            Newest
          </Button>
        </Group>
      </Group>
      <input
        type="range"
        min={0}
        max={last}
        value={place}
        aria-label="Moment"
        aria-valuetext={`${seconds}: ${row.sentence}`}
        onChange={(event) => to(Number(event.target.value))}
      />
      <p className={classes['says']}>
        {row.isBad ? <Icon name="cross" size={14} /> : null} {row.sentence}
      </p>
    </section>
  );
}
