import { Group, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { machines } from '../../../src/simulation/workbench/machines.ts';
import { begunWalk, type Walk } from '../../../src/simulation/workbench/walk.ts';
import { Busy } from '../parts/busy.tsx';
import { Notice } from '../parts/notice.tsx';
import { Link } from '../router/link.tsx';
import { firstStories } from './first-stories.ts';
import { MachineChoice } from './machine-choice.tsx';
import { type Recording, recordingsOf } from './recordings.ts';
import type { Story } from './stage.ts';
import { useAsked } from './use-asked.ts';
import { WalkPlace } from './walk-place.tsx';
import { WalkTrail } from './walk-trail.tsx';
import classes from './workbench.module.css';

/** A workflow that is walked by choosing its answers by hand: its own machine, and no server anywhere. */
export function WalkView({ name }: { name: string | null }) {
  const { answer: stories } = useAsked<readonly Story[]>('/stage/stories');
  const workflow =
    machines.find((one) => one.name === name) ?? machines.find((one) => one.name === 'recovery');
  const [story, setStory] = useState<string | null>(null);
  if (workflow === undefined) return null;
  const wanted = story ?? firstStories[workflow.name] ?? null;
  return (
    <>
      <Group mb="sm" align="flex-end">
        <MachineChoice tab="walk" name={workflow.name} />
        <Select
          label="Begun as in the story"
          data={(stories ?? []).map((one) => one.name)}
          value={wanted}
          onChange={setStory}
          searchable
          allowDeselect={false}
          w={300}
        />
      </Group>
      {wanted === null ? (
        <Notice tone="calm" title="Choose a story that has a run of this workflow">
          {workflow.name === 'role' ? (
            <>
              No story has one of keepalived’s own machine: what it does at each state is said by{' '}
              <Link to={{ view: 'workbench', rest: ['keepalived'] }}>a keepalived.conf</Link>.
            </>
          ) : null}
        </Notice>
      ) : (
        <WalkFrom key={`${workflow.name} ${wanted}`} name={workflow.name} story={wanted} />
      )}
    </>
  );
}

function WalkFrom({ name, story }: { name: string; story: string }) {
  const [recordings, setRecordings] = useState<readonly Recording[] | null>(null);
  const [because, setBecause] = useState<string | null>(null);
  const [walk, setWalk] = useState<Walk | null>(null);
  useEffect(() => {
    const workflow = machines.find((one) => one.name === name);
    recordingsOf(story).then(
      (all) => {
        const own = all.filter(({ opening }) => opening.workflow === name);
        setRecordings(own);
        const [first] = own;
        if (workflow !== undefined && first !== undefined)
          setWalk(begunWalk(workflow, first.opening.input, first.opening.at));
      },
      (error: unknown) => setBecause(String((error as Error).message)),
    );
  }, [name, story]);
  if (because !== null)
    return (
      <Notice tone="bad" title="The story could not be played">
        {because}
      </Notice>
    );
  if (recordings === null) return <Busy says="Playing the story" />;
  if (walk === null)
    return (
      <Notice tone="calm" title={`No ${name} is run in ${story}`}>
        Choose another story: a walk begins with what its run was begun with.
      </Notice>
    );
  return (
    <div className={classes['columns']}>
      <WalkPlace walk={walk} recordings={recordings} onWalk={setWalk} />
      <WalkTrail walk={walk} />
    </div>
  );
}
