import { type Concluded, headline, outcomeOf, summaryOf } from '../conclusion.ts';
import type { Incident, ToldRun } from '../incident.ts';
import { type Heard, type Line, linesOf } from '../lines.ts';
import { litBy, unlit } from '../lit.ts';
import type { DrawnMachine } from '../geometry.ts';
import { markText } from '../mark.ts';
import { type Moment, momentAt } from '../moment.ts';
import { pictureOf } from '../picture.ts';
import { pictureStyle } from '../picture-style.ts';
import { type Row, rowsOf } from '../rows.ts';
import { hidden } from '../hidden.ts';
import { Html, html, where } from './html.ts';
import { pageStyle } from './page-style.ts';
import { gatesPart, hooksPart, observersPart, serversPart, stepsPart } from './parts.ts';
import { sliderScript } from './slider-script.ts';

/** What an incident's file is made of. */
export interface Reported extends Incident {
  readonly recovery: Concluded & { readonly uid: string; readonly acknowledged: string | null };
  /** The drawings of its machines, as far as this build has them. */
  readonly machines: readonly DrawnMachine[];
  /** What other systems told of the hosts meanwhile. */
  readonly signals: readonly Heard[];
}

/** A recovery as one file: a page that asks nobody for anything, and hides what looks like a secret. */
export function incidentPage(reported: Reported): string {
  const { recovery, runs } = reported;
  const rows = rowsOf(reported);
  const records = runs.reduce((sum, run) => sum + run.records.length, 0);
  const end = momentAt(reported, records);
  const title = headline(recovery);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${title} · Baton</title><style>${new Html(pageStyle + pictureStyle)}</style></head><body>
${headPart(recovery)}
${where(rows.length > 0, () => sliderPart(rows.length))}
${chartsPart(reported, end)}
${timelinePart(linesOf(rows, reported.signals), rows[0]?.at ?? 0)}
${observersPart(end)}${gatesPart(end)}${serversPart(end)}${hooksPart(end)}${stepsPart(end)}
<p class="quiet">${records} records of ${runs.length} runs. Passwords and what looks like them are hidden in this file.</p>
${where(rows.length > 0, () => scriptPart(reported, rows))}
</body></html>
`.text;
}

function headPart(recovery: Reported['recovery']): Html {
  const { uid, cluster, state, startedAt, endedAt, asked, acknowledged } = recovery;
  const outcome = outcomeOf(recovery);
  const sign = { good: '✓', bad: '✗', 'under way': '…' }[outcome];
  const [first = '', ...rest] = summaryOf(recovery);
  return html`<header class="panel"><p class="quiet">Incident in ${cluster}</p><h1>${headline(recovery)}</h1>
<p class="outcome ${outcome === 'under way' ? 'warn' : outcome}">${sign} ${endedAt === null ? 'under way' : state}</p>
<p class="lead">${first}</p>${rest.map((line) => html`<p class="lead">${line}</p>`)}
<dl><dt>Began</dt><dd>${startedAt}</dd><dt>Ended</dt><dd>${endedAt ?? 'it goes on'}</dd>
${where(asked !== null, () => html`<dt>Asked for by</dt><dd>${asked?.who ?? ''}: ${asked?.why ?? ''}</dd>`)}
${where(acknowledged !== null, () => html`<dt>Acknowledged by</dt><dd>${acknowledged ?? ''}</dd>`)}
<dt>Its name</dt><dd class="mono">${uid}</dd></dl></header>`;
}

function sliderPart(moments: number): Html {
  return html`<div class="slider panel"><label for="moment"><b>At this moment</b></label>
<input id="moment" type="range" min="0" max="${moments - 1}" value="${moments - 1}"><p class="caption"></p></div>`;
}

function chartsPart({ runs, machines }: Reported, end: Moment): Html {
  const charts = [...runs].reverse().flatMap((run, at) => {
    const machine = machines.find(({ name }) => name === run.workflow);
    if (machine === undefined) return [];
    const lit = litBy(machine.drawing.chart, end.runs[run.uid]);
    const picture = new Html(markText(pictureOf(machine.drawing, lit)));
    const sentence = end.runs[run.uid]?.standing?.sentence ?? '';
    return [
      html`<details ${new Html(at === 0 ? 'open' : '')}><summary><b>${run.workflow}</b> <span class="quiet">${sentence}</span></summary>
<div class="chart-box" data-run="${run.uid}" tabindex="0" role="group" aria-label="${run.workflow}: statechart">${picture}</div></details>`,
    ];
  });
  return where(
    charts.length > 0,
    () => html`<h2>The way it took</h2><div class="panel">${charts}
<p class="legend">▶ where it stands · ✓ passed · ✗ the step did not succeed · thick: the way taken · dashed: where a step does not succeed · dotted: after a time · dashed box: an end that wants a person</p></div>`,
  );
}

function timelinePart(timeline: readonly Line[], began: number): Html {
  const seconds = (at: number) => ((at - began) / 1_000).toFixed(3);
  const lines = timeline.map((line) => {
    if (line.kind === 'heard')
      return html`<tr><td class="time">${seconds(line.at)}</td>
<td class="by">${line.heard.from}</td><td>${line.heard.because}</td></tr>`;
    const { count, at, by, sentence, isBad } = line.row;
    return html`<tr id="m${count}" data-moment="${count}"><td class="time">${seconds(at)}</td>
<td class="by">${by}</td><td>${isBad ? '✗ ' : ''}${sentence}</td></tr>`;
  });
  return html`<h2>The timeline</h2><div class="panel"><p class="quiet">Seconds since ${new Date(began).toISOString()}.</p>
<table><thead><tr><th class="time">s</th><th class="by">who</th><th>what</th></tr></thead><tbody>${lines}</tbody></table></div>`;
}

/** What the slider reads: where each chart stood at each line of the timeline. */
function scriptPart(reported: Reported, rows: readonly Row[]): Html {
  const began = rows[0]?.at ?? 0;
  const charts = new Map(reported.machines.map(({ name, drawing }) => [name, drawing.chart]));
  const litAt = (moment: Moment, { uid, workflow }: ToldRun) => {
    const chart = charts.get(workflow);
    return [uid, chart === undefined ? unlit : litBy(chart, moment.runs[uid])];
  };
  const moments = rows.map(({ count, at, sentence }) => {
    const moment = momentAt(reported, count);
    return {
      says: hidden(`${((at - began) / 1_000).toFixed(3)} s: ${sentence}`),
      lit: Object.fromEntries(reported.runs.map((run) => litAt(moment, run))),
    };
  });
  // Nothing in it may end the element that it stands in.
  const json = JSON.stringify(moments).replace(/</g, '\\u003c');
  return html`<script type="application/json" id="moments">${new Html(json)}</script><script>${new Html(sliderScript)}</script>`;
}
