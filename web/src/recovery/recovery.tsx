import { Box, Group, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { everyState } from '../../../src/drawing/chart.ts';
import { headline, outcomeOf, summaryOf } from '../../../src/drawing/conclusion.ts';
import { hidden } from '../../../src/drawing/hidden.ts';
import { linesOf } from '../../../src/drawing/lines.ts';
import { litBy } from '../../../src/drawing/lit.ts';
import { askedAbout, type Moment, momentAt } from '../../../src/drawing/moment.ts';
import { rowsOf } from '../../../src/drawing/rows.ts';
import { ActButton } from '../acts/act-button.tsx';
import { Refusal } from '../api/refusal.ts';
import { Busy } from '../parts/busy.tsx';
import { dayText, timeText } from '../parts/moments.ts';
import { Tag } from '../parts/tag.tsx';
import { go } from '../router/history.ts';
import { Link } from '../router/link.tsx';
import { Evidence } from './evidence.tsx';
import { ExportButton } from './export-button.tsx';
import classes from './recovery.module.css';
import { StateWords, UnderWay } from './standing-now.tsx';
import { Statechart } from './statechart.tsx';
import { TimeSlider } from './time-slider.tsx';
import { Timeline } from './timeline.tsx';
import { type Seen, useIncident } from './use-incident.ts';
import { useVoices } from './use-voices.ts';

/** One recovery. `seq` is the record up to which it is looked at; null for as it stands. */
export default function Recovery({ uid, seq }: { uid: string; seq: number | null }) {
  const seen = useIncident(uid);
  if (seen === null) return <Busy says="Reading what happened" />;
  if (seen instanceof Refusal)
    return (
      <Box p="md" role="alert">
        <Title order={1}>{seen.message}</Title>
        <Text c="dimmed">{seen.fix}</Text>
      </Box>
    );
  return <Told seen={seen} seq={seq} uid={uid} />;
}

function Told({ seen: { incident, machines }, seq, uid }: { seen: Seen; seq: number | null; uid: string }) {
  const rows = useMemo(() => shownRows(incident), [incident]);
  const lines = useMemo(() => linesOf(rows, shownSignals(incident)), [rows, incident]);
  const last = rows.length - 1;
  const asked = seq === null ? last : rows.findLastIndex(({ count }) => count <= seq);
  const place = Math.max(0, Math.min(asked, last));
  const records = incident.runs.reduce((sum, run) => sum + run.records.length, 0);
  const count = seq === null ? records : (rows[place]?.count ?? 0);
  const moment = useMemo(() => momentAt(incident, count), [incident, count]);
  const began = rows[0]?.at ?? 0;
  const voices = useVoices(uid, seq === null && moment.hooks.some(({ ended }) => ended === null));
  const lead = (next: number | null) =>
    go(
      { view: 'recovery', uid, seq: next === null ? null : (rows[next]?.count ?? null) },
      { replaces: true },
    );
  return (
    <Box p="md">
      <Heading incident={incident} moment={moment} />
      {rows.length === 0 ? (
        <Text c="dimmed">Nothing of it is on record but its end: it was recovered before Baton came.</Text>
      ) : (
        <>
          <TimeSlider rows={rows} place={place} follows={seq === null} began={began} onPlace={lead} />
          <div className={classes['grid']}>
            <Charts seen={{ incident, machines }} moment={moment} />
            <div className={classes['side']}>
              <section className={`panel ${classes['part']}`} aria-label="What happened">
                <h2>What happened, in seconds since {timeText(began)}</h2>
                <UnderWay moment={moment} />
                <Timeline lines={lines} newest={last} place={place} began={began} onPlace={lead} />
              </section>
              <Evidence moment={moment} voices={voices} />
            </div>
          </div>
        </>
      )}
    </Box>
  );
}

/** What looks like a secret is hidden here as it is in the file. */
function shownRows(incident: Seen['incident']): ReturnType<typeof rowsOf> {
  return rowsOf(incident).map((row) => ({ ...row, sentence: hidden(row.sentence) }));
}

function shownSignals({ signals }: Seen['incident']): Seen['incident']['signals'] {
  return signals.map((one) => ({ ...one, because: hidden(one.because) }));
}

function Heading({ incident: { recovery }, moment }: { incident: Seen['incident']; moment: Moment }) {
  const { uid, cluster, state, startedAt, endedAt, acknowledged } = recovery;
  const outcome = outcomeOf(recovery);
  const asks = askedAbout(moment).length > 0;
  return (
    <Box mb="sm">
      <Group gap="xs">
        <Title order={1}>{headline(recovery)}</Title>
        <Outcome outcome={outcome} state={state} />
      </Group>
      <Text size="sm" c="dimmed">
        <Link to={{ view: 'cluster', cluster, instance: null }} underline="always">
          {cluster}
        </Link>
        , {dayText(startedAt)} {timeText(startedAt)}
        {acknowledged === null ? '' : `; acknowledged by ${acknowledged}`}
      </Text>
      {summaryOf(recovery).map((line) => (
        <p key={line} className={classes['lead']}>
          {hidden(line)}
        </p>
      ))}
      <Group gap="xs" mt="xs">
        <ExportButton uid={uid} />
        {endedAt !== null && acknowledged === null ? <ActButton act={{ is: 'acknowledge', uid }} /> : null}
        {endedAt === null ? <ActButton act={{ is: 'cancel', uid }} /> : null}
        {asks && endedAt === null
          ? (['rerun', 'skip', 'fail'] as const).map((answer) => (
              <ActButton key={answer} act={{ is: 'approve', uid, answer }} />
            ))
          : null}
      </Group>
    </Box>
  );
}

/** How it came out: a word, a shape and a colour. */
export function Outcome({ outcome, state }: { outcome: 'good' | 'bad' | 'under way'; state: string }) {
  if (outcome === 'under way')
    return (
      <Tag tone="mark" icon="recoveries">
        under way
      </Tag>
    );
  return (
    <Tag tone={outcome} icon={outcome === 'good' ? 'check' : 'cross'}>
      {state.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}
    </Tag>
  );
}

/** The machines of the runs, that of the recovery first; the others are opened by whoever wants them. */
function Charts({ seen: { incident, machines }, moment }: { seen: Seen; moment: Moment }) {
  const runs = incident.runs.toReversed().filter(({ workflow }) => machines.get(workflow) != null);
  const isDrawing = incident.runs.some(({ workflow }) => !machines.has(workflow));
  const begun = runs.filter(({ uid }) => moment.runs[uid] !== undefined);
  // The one in which something happens at this moment is open.
  const open =
    begun.find(({ uid }) => moment.runs[uid]?.hasEnded === false)?.uid ?? begun[0]?.uid ?? runs[0]?.uid;
  return (
    <section className={`panel ${classes['chart']}`} aria-label="Statecharts">
      {runs.map((run) => {
        const machine = machines.get(run.workflow) ?? null;
        return machine === null ? null : (
          <details key={`${run.uid} ${run.uid === open}`} open={run.uid === open}>
            <summary>
              <b>{run.workflow}</b>{' '}
              <span className={classes['quiet']}>
                {moment.runs[run.uid]?.standing?.sentence ?? 'It has not begun yet.'}
              </span>
            </summary>
            <Chart uid={run.uid} drawing={machine.drawing} moment={moment} />
          </details>
        );
      })}
      {isDrawing ? <Busy says="Drawing the machines" /> : null}
      <p className={classes['quiet']}>
        ▶ where it stands · ✓ passed · ✗ the step did not succeed · thick: the way taken · dashed: where a
        step does not succeed · dotted: after a time
      </p>
    </section>
  );
}

function Chart({
  uid,
  drawing,
  moment,
}: {
  uid: string;
  drawing: Parameters<typeof Statechart>[0]['drawing'];
  moment: Moment;
}) {
  const [looked, setLooked] = useState<string | null>(null);
  const run = moment.runs[uid];
  const lit = useMemo(() => litBy(drawing.chart, run), [drawing, run]);
  const [standing] = lit.standing;
  const state = everyState(drawing.chart.states).find(({ id }) => id === (looked ?? standing));
  const steps = moment.steps.filter((step) => step.run === uid && step.state === state?.id);
  return (
    <>
      <Statechart drawing={drawing} lit={lit} onState={setLooked} />
      {state === undefined ? null : (
        <StateWords
          state={state}
          drawing={drawing}
          steps={steps}
          isCurrent={lit.standing.includes(state.id)}
        />
      )}
    </>
  );
}
