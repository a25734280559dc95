import { Button, Group, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { answersIn, type Offer } from '../../../src/simulation/workbench/offers.ts';
import { answered, type Choice, type Walk, whyNoAnswer } from '../../../src/simulation/workbench/walk.ts';
import type { Recording } from './recordings.ts';
import classes from './workbench.module.css';

/** What a step may come back with: what the recordings have, what its schema lets through, or a no in words. */
export function StepChoice({
  walk,
  choice,
  recordings,
  onWalk,
}: {
  walk: Walk;
  choice: Extract<Choice, { kind: 'step' }>;
  recordings: readonly Recording[];
  onWalk: (walk: Walk) => void;
}) {
  const { step, input } = choice;
  const offers = useMemo(() => answersIn(walk.workflow, step, recordings), [walk.workflow, step, recordings]);
  const [text, setText] = useState(() => textOf(offers[0]));
  const [chosen, setChosen] = useState<string | null>(offers[0]?.name ?? null);
  const value = parsed(text);
  const complaint = value === undefined ? 'This is no JSON.' : whyNoAnswer(walk, step, value.value);
  return (
    <div className={classes['choice']}>
      <Text fw={600}>
        Step {step}{' '}
        <Text span c="dimmed" fw={400}>
          is asked, and may answer
        </Text>
      </Text>
      <details>
        <summary>What it is asked with</summary>
        <pre className={classes['json']}>{JSON.stringify(input, null, 2)}</pre>
      </details>
      <Select
        mt={6}
        label="Answer"
        description={`${offers.length} to choose from; each may be changed`}
        data={offers.map(({ name }) => name)}
        value={chosen}
        onChange={(name) => {
          setChosen(name);
          setText(textOf(offers.find((one) => one.name === name)));
        }}
        searchable
        allowDeselect={false}
        maxDropdownHeight={360}
      />
      <Textarea
        mt={6}
        label="Its value"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={12}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        error={complaint}
      />
      <Button
        mt={6}
        disabled={complaint !== null}
        onClick={() => onWalk(answered(walk, choice, { kind: 'ok', value: value?.value }))}
      >
        Answer {step}
      </Button>
      <No walk={walk} choice={choice} recordings={recordings} onWalk={onWalk} />
    </div>
  );
}

/** A refusal is an expected no; an error is what should not have happened. */
function No({
  walk,
  choice,
  onWalk,
}: {
  walk: Walk;
  choice: Extract<Choice, { kind: 'step' }>;
  recordings: readonly Recording[];
  onWalk: (walk: Walk) => void;
}) {
  const [code, setCode] = useState('vetoed');
  const [because, setBecause] = useState('it is tried out');
  const no = (kind: 'refused' | 'error') => onWalk(answered(walk, choice, { kind, code, because }));
  return (
    <Group mt="xs" align="flex-end" gap="xs">
      <TextInput
        label="Or no: code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        w={130}
      />
      <TextInput
        label="Because"
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value)}
        flex="1 1 140px"
      />
      <Button variant="default" onClick={() => no('refused')}>
        Refuse
      </Button>
      <Button variant="default" onClick={() => no('error')}>
        Fail
      </Button>
    </Group>
  );
}

function textOf(offer: Offer | undefined): string {
  return JSON.stringify(offer?.value ?? null, null, 2);
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
