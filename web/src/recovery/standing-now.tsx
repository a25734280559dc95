import { causeText, type ChartState } from '../../../src/drawing/chart.ts';
import type { Drawing } from '../../../src/drawing/geometry.ts';
import { hidden } from '../../../src/drawing/hidden.ts';
import { askedAbout, type Moment, type StepTold } from '../../../src/drawing/moment.ts';
import { spoken } from '../../../src/kernel/duration.ts';
import { Icon } from '../parts/icon.tsx';
import { Tag } from '../parts/tag.tsx';
import { timeText } from '../parts/moments.ts';
import classes from './recovery.module.css';

/** What a state is about, what its step was asked and answered so far, and where it leads. */
export function StateWords({
  state,
  drawing,
  steps,
  isCurrent,
}: {
  state: ChartState;
  drawing: Drawing;
  steps: readonly StepTold[];
  isCurrent: boolean;
}) {
  const leads = drawing.chart.arrows.filter(({ from }) => from === state.id);
  return (
    <div className={classes['state']}>
      <p>
        {isCurrent ? <Tag tone="mark">here</Tag> : null} <b>{state.name}</b>
        {state.kind === 'end' ? ' (an end)' : ''}
      </p>
      <p>{state.sentence}</p>
      {steps.map((step) => (
        <StepWords key={step.seq} step={step} />
      ))}
      {leads.length === 0 ? null : (
        <p className={classes['quiet']}>
          Leads to{' '}
          {leads
            .map(({ to, causes }) => {
              const why = causes
                .map(causeText)
                .filter((text) => text !== '')
                .join(' or ');
              return `${to.replaceAll('.', ' › ')}${why === '' ? '' : ` (${why})`}`;
            })
            .join('; ')}
          .
        </p>
      )}
    </div>
  );
}

/** One step: what it was given and what it came back with, opened by whoever wants it. */
export function StepWords({ step: told }: { step: StepTold }) {
  const { step, answer, askedAt, answeredAt, input, isAbandoned } = told;
  const took = answeredAt === null ? '' : ` after ${spoken(answeredAt - askedAt)}`;
  return (
    <details className={classes['step']}>
      <summary>
        <Icon name={answer === null ? 'pause' : answer.kind === 'ok' ? 'check' : 'cross'} size={14} />{' '}
        <b>{step}</b> {isAbandoned ? 'was left before it answered' : cameText(answer?.kind ?? null) + took}
        {answer === null || answer.kind === 'ok' ? '' : `: ${hidden(answer.because)}`}
      </summary>
      <h4>Answer</h4>
      <pre>{answer === null ? 'none yet' : jsonText(answer.kind === 'ok' ? answer.value : answer)}</pre>
      <h4>Input</h4>
      <pre>{jsonText(input)}</pre>
    </details>
  );
}

function cameText(kind: 'ok' | 'refused' | 'error' | null): string {
  if (kind === null) return 'is under way';
  return { ok: 'answered', refused: 'said no', error: 'failed' }[kind];
}

function jsonText(value: unknown): string {
  return hidden(JSON.stringify(value, null, 2));
}

/** What goes on at this moment: steps that have not answered, hooks that run, times that are waited for, what a person is asked. */
export function UnderWay({ moment }: { moment: Moment }) {
  const isOver = Object.values(moment.runs).every(({ hasEnded }) => hasEnded);
  const steps = isOver ? [] : moment.steps.filter((one) => one.answer === null && !one.isAbandoned);
  const hooks = moment.hooks.filter(({ ended, asksUntil }) => ended === null && asksUntil === null);
  const asks = isOver ? [] : askedAbout(moment);
  const timers = moment.timers.filter(({ firedAt }) => firedAt === null && !isOver);
  if (steps.length + hooks.length + timers.length + asks.length === 0) return null;
  return (
    <ul className={classes['underway']} aria-label="Under way">
      {steps.map(({ seq, step, askedAt }) => (
        <li key={`s${seq}`}>
          Step <b>{step}</b>, asked at {timeText(askedAt)}
        </li>
      ))}
      {hooks.map(({ seq, name, command, deadline }) => (
        <li key={`h${seq}`}>
          {name} runs{deadline === null ? '' : `, until ${timeText(deadline)} at most`}:{' '}
          <code>{hidden(command)}</code>
        </li>
      ))}
      {timers.map(({ id, due }) => (
        <li key={id}>Waits until {timeText(due)}</li>
      ))}
      {asks.map(({ seq, name, asksUntil }) => (
        <li key={`a${seq}`}>
          {name}: a person is asked what became of it, until {timeText(asksUntil ?? 0)}
        </li>
      ))}
    </ul>
  );
}
