import { Button, Group, Text } from '@mantine/core';
import {
  type Choice,
  choicesOf,
  fired,
  resumed,
  said,
  standingOf,
  type Walk,
} from '../../../src/simulation/workbench/walk.ts';
import { timeText } from '../parts/moments.ts';
import { Tag } from '../parts/tag.tsx';
import type { Recording } from './recordings.ts';
import { StepChoice } from './step-choice.tsx';
import classes from './workbench.module.css';

/** Where a walk stands, and all that may come next. */
export function WalkPlace({
  walk,
  recordings,
  onWalk,
}: {
  walk: Walk;
  recordings: readonly Recording[];
  onWalk: (walk: Walk) => void;
}) {
  const { state, sentence, isOver, output } = standingOf(walk);
  const { before, workflow } = walk;
  const isGrave = workflow.grave?.includes(state) === true;
  return (
    <section className={classes['panel']} aria-label="Where it stands">
      <h2>Where {workflow.name} stands</h2>
      <div aria-live="polite">
        <div className={classes['state']}>{state}</div>
        <Text mb="xs">{sentence}</Text>
      </div>
      {isOver ? (
        <>
          <Tag tone={isGrave ? 'bad' : 'good'} icon={isGrave ? 'warning' : 'check'}>
            {isGrave ? 'an end that a person should hear of' : 'an end'}
          </Tag>
          <pre className={classes['json']}>{JSON.stringify(output, null, 2)}</pre>
        </>
      ) : null}
      {choicesOf(walk).map((choice) => (
        <ChoiceBox key={keyOf(choice)} walk={walk} choice={choice} recordings={recordings} onWalk={onWalk} />
      ))}
      <Group mt="sm">
        <Button
          variant="default"
          disabled={before === null}
          onClick={() => before !== null && onWalk(before)}
        >
          One back
        </Button>
        <Button variant="default" disabled={before === null} onClick={() => onWalk(beginningOf(walk))}>
          To the beginning
        </Button>
      </Group>
    </section>
  );
}

function ChoiceBox({
  walk,
  choice,
  recordings,
  onWalk,
}: {
  walk: Walk;
  choice: Choice;
  recordings: readonly Recording[];
  onWalk: (walk: Walk) => void;
}) {
  switch (choice.kind) {
    case 'step':
      return <StepChoice walk={walk} choice={choice} recordings={recordings} onWalk={onWalk} />;
    case 'timer':
      return (
        <Group className={classes['choice']}>
          <Text flex={1}>
            A timer would go off at {timeText(choice.due)}: <code>{choice.id}</code>
          </Text>
          <Button variant="default" onClick={() => onWalk(fired(walk, choice))}>
            Let it go off
          </Button>
        </Group>
      );
    case 'word':
      return (
        <Group className={classes['choice']}>
          <Text flex={1}>
            A person may say <b>{choice.event}</b>
            {choice.because === null
              ? ''
              : `, and is refused here: ${choice.because === '' ? 'nothing hears it' : choice.because}`}
          </Text>
          <Button
            variant="default"
            disabled={choice.because !== null}
            onClick={() => onWalk(said(walk, choice.event, 'you', 'it is tried out'))}
          >
            Say {choice.event}
          </Button>
        </Group>
      );
    case 'death':
      return (
        <Group className={classes['choice']}>
          <Text flex={1}>The controller may die here, and another continues</Text>
          <Button variant="default" onClick={() => onWalk(resumed(walk))}>
            Die and continue
          </Button>
        </Group>
      );
  }
}

function keyOf(choice: Choice): string {
  switch (choice.kind) {
    case 'step':
      return `step ${choice.to}`;
    case 'timer':
      return `timer ${choice.id}`;
    case 'word':
      return `word ${choice.event}`;
    case 'death':
      return 'death';
  }
}

function beginningOf(walk: Walk): Walk {
  let first = walk;
  while (first.before !== null) first = first.before;
  return first;
}
