import { Group, Select, Switch, Text } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { JournalRecord } from '../../../src/engine/record.ts';
import { recordLine } from '../../../src/simulation/record-line.ts';
import { compared } from '../../../src/simulation/workbench/comparison.ts';
import { Notice } from '../parts/notice.tsx';
import { type Recording, recordingNames, recordingsOf } from './recordings.ts';
import type { Story } from './stage.ts';
import { useAsked } from './use-asked.ts';
import classes from './workbench.module.css';

/** Two recordings side by side, and where they part. */
export function CompareView() {
  const [left, setLeft] = useState<Recording | null>(null);
  const [right, setRight] = useState<Recording | null>(null);
  return (
    <>
      <div className={classes['columns']}>
        <RecordingChoice label="The one" first="dead-primary" onChoose={setLeft} />
        <RecordingChoice label="The other" first="pre-hook-vetoes" onChoose={setRight} />
      </div>
      {left === null || right === null ? null : <SideBySide left={left} right={right} />}
    </>
  );
}

function RecordingChoice({
  label,
  first,
  onChoose,
}: {
  label: string;
  first: string;
  onChoose: (recording: Recording | null) => void;
}) {
  const { answer: stories } = useAsked<readonly Story[]>('/stage/stories');
  const [story, setStory] = useState(first);
  const [recordings, setRecordings] = useState<readonly Recording[]>([]);
  const [uid, setUid] = useState<string | null>(null);
  useEffect(() => {
    recordingsOf(story).then(
      (all) => {
        setRecordings(all);
        // What comes of a detection is what is looked at most.
        const chosen = all.find(({ opening }) => opening.workflow !== 'detection') ?? all[0] ?? null;
        setUid(chosen?.opening.uid ?? null);
        onChoose(chosen);
      },
      () => onChoose(null),
    );
  }, [story, onChoose]);
  const names = recordingNames(recordings);
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label={`${label}: story`}
        data={(stories ?? [{ name: first }]).map(({ name }) => name)}
        value={story}
        onChange={(name) => name !== null && setStory(name)}
        searchable
        allowDeselect={false}
        flex="1 1 200px"
      />
      <Select
        label="Run"
        data={recordings.map(({ opening }, index) => ({ value: opening.uid, label: names[index] ?? '' }))}
        value={uid}
        onChange={(chosen) => {
          setUid(chosen);
          onChoose(recordings.find(({ opening }) => opening.uid === chosen) ?? null);
        }}
        allowDeselect={false}
        flex="1 1 260px"
      />
    </Group>
  );
}

function SideBySide({ left, right }: { left: Recording; right: Recording }) {
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const { rows, first, says } = useMemo(
    () =>
      compared(
        { at: left.opening.at, records: left.records },
        { at: right.opening.at, records: right.records },
      ),
    [left, right],
  );
  const shown = rows.map((row, index) => ({ row, index })).filter(({ row }) => !onlyDifferent || !row.same);
  return (
    <>
      <Group my="sm" justify="space-between">
        <Notice tone={first === null ? 'good' : 'mark'} title={says} />
        <Switch
          label="Only what differs"
          checked={onlyDifferent}
          onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
        />
      </Group>
      <section className={classes['panel']} aria-label="Side by side" style={{ padding: 0 }}>
        {shown.map(({ row, index }) => (
          <div key={index} className={classes['row']} data-same={row.same}>
            <Cell record={row.left} begins={left.opening.at} isFirst={index === first} />
            <Cell record={row.right} begins={right.opening.at} isFirst={false} />
          </div>
        ))}
      </section>
    </>
  );
}

function Cell({
  record,
  begins,
  isFirst,
}: {
  record: JournalRecord | null;
  begins: number;
  isFirst: boolean;
}) {
  return (
    <div className="mono">
      {isFirst ? (
        <Text span size="xs" fw={700}>
          first difference{' '}
        </Text>
      ) : null}
      {record === null ? '—' : recordLine(record, begins)}
    </div>
  );
}
