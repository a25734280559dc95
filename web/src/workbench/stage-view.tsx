import { Text } from '@mantine/core';
import { useState } from 'react';
import type { Control } from '../../../src/simulation/stage/stage.ts';
import { Busy } from '../parts/busy.tsx';
import { Notice } from '../parts/notice.tsx';
import { SayForm } from './say-form.tsx';
import { ScriptList } from './script-list.tsx';
import { ServerList } from './server-list.tsx';
import { stageWatch } from './stage.ts';
import { Transcript } from './transcript.tsx';
import { Transport } from './transport.tsx';
import { useStage } from './use-stage.ts';
import classes from './workbench.module.css';

/** A story that is played: its time, its servers, what is said. */
export function StageView() {
  const seen = useStage();
  const [refusal, setRefusal] = useState<string | null>(null);
  const control = (wish: Control) => {
    setRefusal(null);
    stageWatch.control(wish).catch((error: unknown) => setRefusal(String((error as Error).message)));
  };
  if (seen === null) return <Busy says="Looking at the stage" />;
  const { stage, lines } = seen;
  return (
    <>
      <Transport stage={stage} control={control} />
      {refusal === null ? null : (
        <Notice tone="bad" title="That was refused">
          {refusal}
        </Notice>
      )}
      <Text mb="sm" maw={900}>
        {stage.title}
      </Text>
      <div className={classes['wide']}>
        <div>
          <ServerList stage={stage} control={control} />
          <ScriptList stage={stage} />
        </div>
        <section className={classes['panel']} aria-label="What happens">
          <h2>What happens</h2>
          <Transcript lines={lines} />
          <SayForm control={control} />
        </section>
      </div>
    </>
  );
}
