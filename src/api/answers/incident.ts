import { z } from 'zod';
import type { Chart } from '../../drawing/chart.ts';
import { listOf } from '../route.ts';
import { JournalRecordShape, Recovery } from './recovery.ts';
import { Signal } from './signal.ts';

const Place = { x: z.number(), y: z.number() };
const Box = z.strictObject({ ...Place, width: z.number(), height: z.number() });

/** States hold states, to any depth. */
const Statechart = z
  .custom<Chart>((value) => typeof value === 'object' && value !== null && 'states' in value)
  .meta({
    id: 'Statechart',
    type: 'object',
    required: ['id', 'states', 'arrows', 'initial'],
    properties: {
      id: { type: 'string' },
      initial: { type: 'string' },
      states: {
        type: 'array',
        description: 'Each with its id, name, sentence, kind, step, and the states in it.',
      },
      arrows: {
        type: 'array',
        description: 'Each with its id, from, to, and what makes the machine take it.',
      },
    },
  });

export const DrawnMachine = z
  .strictObject({
    name: z.string(),
    digest: z.string(),
    drawing: z.strictObject({
      chart: Statechart,
      width: z.number(),
      height: z.number(),
      boxes: z.record(z.string(), Box),
      lines: listOf(
        z.strictObject({
          arrows: listOf(z.string()),
          points: listOf(z.strictObject(Place)),
          label: Box.extend({ text: z.string() }).nullable(),
        }),
      ),
    }),
  })
  .meta({ id: 'DrawnMachine' });

export const Incident = z
  .strictObject({
    recovery: Recovery,
    signals: listOf(Signal),
    runs: listOf(
      z.strictObject({
        uid: z.string(),
        workflow: z.string(),
        openedAt: z.number(),
        records: listOf(JournalRecordShape),
        standings: listOf(
          z.strictObject({ seq: z.number(), states: listOf(z.string()), sentence: z.string() }),
        ),
      }),
    ),
  })
  .meta({ id: 'Incident' });
