import { Text } from '@mantine/core';
import { useState } from 'react';
import { everyState } from '../../../src/drawing/chart.ts';
import type { DrawnMachine } from '../../../src/drawing/geometry.ts';
import type { Lit } from '../../../src/drawing/lit.ts';
import { Busy } from '../parts/busy.tsx';
import { Statechart } from '../recovery/statechart.tsx';
import { useAsked } from './use-asked.ts';
import classes from './workbench.module.css';

/** The chart of a machine with what was walked of it; what the pointer or the keyboard is on says what is going on there. */
export function Ground({ name, lit }: { name: string; lit: Lit }) {
  const { answer, because } = useAsked<DrawnMachine>(`/machines/${encodeURIComponent(name)}`);
  const [looked, setLooked] = useState<string | null>(null);
  if (because !== null) return <Text role="alert">{because}</Text>;
  if (answer === null) return <Busy says="Drawing the machine" />;
  const { drawing } = answer;
  const state = everyState(drawing.chart.states).find(({ id }) => id === (looked ?? lit.standing[0]));
  return (
    <>
      <div className={classes['chart']}>
        <Statechart drawing={drawing} lit={lit} onState={setLooked} />
      </div>
      <Text size="sm" mt={6} mih={42}>
        {state === undefined ? null : (
          <>
            <b>{state.id}</b>: {state.sentence}
          </>
        )}
      </Text>
    </>
  );
}
