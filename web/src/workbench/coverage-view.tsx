import { Button, Group, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type Coverage, coverageOf, coverageText } from '../../../src/simulation/workbench/coverage.ts';
import { litByCoverage } from '../../../src/simulation/workbench/lit.ts';
import { machines } from '../../../src/simulation/workbench/machines.ts';
import { Notice } from '../parts/notice.tsx';
import { Tag } from '../parts/tag.tsx';
import { Link } from '../router/link.tsx';
import { Ground } from './ground.tsx';
import { type Recording, recordingsOf } from './recordings.ts';
import type { Story } from './stage.ts';
import { useAsked } from './use-asked.ts';
import classes from './workbench.module.css';

/** Kept for as long as the page is open: all stories take some seconds. */
let played: readonly Recording[] | null = null;

/** Which states and ways of the workflows the stories walk through, and which none does. */
export function CoverageView({ name }: { name: string | null }) {
  const { answer: stories } = useAsked<readonly Story[]>('/stage/stories');
  const [recordings, setRecordings] = useState(played);
  const [told, setTold] = useState<number | null>(null);
  const [because, setBecause] = useState<string | null>(null);
  const all = useMemo(
    () =>
      recordings === null
        ? null
        : machines.map((workflow) => ({ workflow, coverage: of(workflow.name, recordings) })),
    [recordings],
  );
  const playAll = async () => {
    const found: Recording[] = [];
    for (const [index, story] of (stories ?? []).entries()) {
      setTold(index);
      found.push(...(await recordingsOf(story.name)));
    }
    played = found;
    setRecordings(found);
    setTold(null);
  };
  const chosen = all?.find(({ workflow }) => workflow.name === name);
  return (
    <>
      <Group mb="sm">
        <Button
          onClick={() =>
            void playAll().catch((error: unknown) => setBecause(String((error as Error).message)))
          }
          disabled={stories === null || told !== null}
        >
          {recordings === null ? 'Play all stories' : 'Play them again'}
        </Button>
        <Text c="dimmed" role="status">
          {told === null
            ? recordings === null
              ? `${stories?.length ?? '…'} stories, each played at once and beside the stage`
              : `${recordings.length} runs of ${stories?.length ?? 0} stories`
            : `playing ${told + 1} of ${stories?.length}: ${stories?.[told]?.name}`}
        </Text>
      </Group>
      {because === null ? null : (
        <Notice tone="bad" title="A story could not be played">
          {because}
        </Notice>
      )}
      {all === null ? null : (
        <div className={classes['wide']}>
          <section className={classes['panel']} aria-label="Workflows">
            <h2>Workflows</h2>
            {all.map(({ workflow, coverage }) => (
              <Summary
                key={workflow.name}
                name={workflow.name}
                coverage={coverage}
                isChosen={workflow.name === name}
              />
            ))}
          </section>
          {chosen === undefined ? (
            <Text c="dimmed">Choose a workflow to see which of its ways no story goes.</Text>
          ) : (
            <Details name={chosen.workflow.name} coverage={chosen.coverage} />
          )}
        </div>
      )}
    </>
  );
}

function of(name: string, recordings: readonly Recording[]): Coverage {
  const workflow = machines.find((one) => one.name === name);
  if (workflow === undefined) return { states: [], ways: [], strange: [] };
  const runs = recordings
    .filter(({ opening }) => opening.workflow === name)
    .map(({ story, opening, records }) => ({ name: story, input: opening.input, records }));
  return coverageOf(workflow, runs);
}

function Summary({ name, coverage, isChosen }: { name: string; coverage: Coverage; isChosen: boolean }) {
  const { states, ways } = coverage;
  const walked = [...states, ...ways].filter(({ by }) => by.length > 0).length;
  const share = walked / Math.max(1, states.length + ways.length);
  return (
    <div style={{ padding: '6px 0' }}>
      <Group justify="space-between" gap="xs">
        <Link to={{ view: 'workbench', rest: ['coverage', name] }} fw={isChosen ? 700 : 500}>
          {name}
        </Link>
        <Text size="sm" c="dimmed">
          {coverageText(coverage)}
        </Text>
      </Group>
      <div className={classes['bar']} aria-hidden="true">
        <div style={{ width: `${Math.round(share * 100)}%` }} />
      </div>
    </div>
  );
}

/** What no story walks stands first. */
function Details({ name, coverage }: { name: string; coverage: Coverage }) {
  const lit = useMemo(() => litByCoverage(coverage), [coverage]);
  const rows = [
    ...coverage.states.map(({ state, by }) => ({ id: state, words: `comes to ${state}`, by })),
    ...coverage.ways.map(({ way, by }) => ({
      id: way.id,
      words: `goes from ${way.from === '' ? 'anywhere' : way.from} to ${way.to}`,
      by,
    })),
  ].sort((a, b) => Math.min(1, a.by.length) - Math.min(1, b.by.length));
  return (
    <section className={classes['panel']} aria-label="States and ways">
      <h2>States and ways</h2>
      <Ground key={name} name={name} lit={lit} />
      {rows.map(({ id, words, by }) => (
        <div key={id} className={classes['way']}>
          {by.length === 0 ? (
            <Tag tone="warn" icon="minus">
              no story
            </Tag>
          ) : (
            <Tag tone="good" icon="check" title={by.join(', ')}>
              {by.length} {by.length === 1 ? 'story' : 'stories'}
            </Tag>
          )}
          <span>{words}</span>
          <Text span size="xs" c="dimmed">
            {by.slice(0, 4).join(', ')}
            {by.length > 4 ? ` and ${by.length - 4} more` : ''}
          </Text>
        </div>
      ))}
    </section>
  );
}
