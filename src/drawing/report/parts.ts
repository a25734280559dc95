import { spoken } from '../../kernel/duration.ts';
import { toldOutcome } from '../../engine/telling.ts';
import type { HookTold, Moment, ServerTold, StepTold } from '../moment.ts';
import { standingText } from '../said.ts';
import { type Html, html, where } from './html.ts';

export function observersPart({ votes }: Moment): Html {
  const rows = votes.map(
    ({ observer, says, because }) =>
      html`<tr><td class="mono">${observer}</td><td>${says}</td><td>${because}</td></tr>`,
  );
  return where(
    rows.length > 0,
    () =>
      html`<h2>Who said what of it</h2><div class="panel scroll"><table><thead><tr><th>Observer</th><th>Says</th><th>Why</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  );
}

export function gatesPart({ gates }: Moment): Html {
  const rows = gates.map(
    ({ gate, open, because }) =>
      html`<tr><td>${gate}</td><td class="${open ? 'good' : 'bad'}">${open ? '✓ open' : '✗ shut'}</td><td>${because}</td></tr>`,
  );
  return where(
    rows.length > 0,
    () =>
      html`<h2>Whether Baton might act</h2><div class="panel scroll"><table><thead><tr><th>Gate</th><th></th><th>Why</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  );
}

export function serversPart({ servers }: Moment): Html {
  return where(
    servers.length > 0,
    () => html`<h2>Servers, before and after</h2><div class="panel scroll"><table><thead><tr><th>Server</th><th>Before</th><th>After</th><th>What it was asked</th></tr></thead>
<tbody>${servers.map(serverRow)}</tbody></table></div>`,
  );
}

function serverRow({ instance, before, after, acts }: ServerTold): Html {
  const asked = acts.map(
    ({ words, outcome, because, statements }) =>
      html`<div>${outcome === 'failed' ? '✗ ' : '✓ '}${words}${because === null ? '' : `: ${because}`}</div>
${where(statements.length > 0, () => html`<pre tabindex="0">${statements.join(';\n')}</pre>`)}`,
  );
  return html`<tr><td class="mono">${instance}</td><td>${standingText(before)}</td><td>${standingText(after)}</td><td>${asked}</td></tr>`;
}

export function hooksPart({ hooks }: Moment): Html {
  return where(hooks.length > 0, () => html`<h2>Hooks</h2><div class="panel">${hooks.map(hookPart)}</div>`);
}

function hookPart({ name, command, ended, isDetached }: HookTold): Html {
  const isWell = ended?.class === 'ok';
  const came =
    ended === null
      ? isDetached
        ? 'not waited for'
        : 'its end is not on record'
      : toldOutcome(ended.outcome);
  const output = ended?.outcome.output ?? '';
  return html`<h3 class="${isWell ? '' : 'bad'}">${isWell ? '✓' : '✗'} ${name}: ${came}</h3><p class="mono">${command}</p>
${where(output.trim() !== '', () => html`<pre tabindex="0">${output}</pre>`)}`;
}

export function stepsPart({ steps }: Moment): Html {
  return where(
    steps.length > 0,
    () => html`<h2>Steps and their answers</h2><div class="panel">${steps.map(stepPart)}</div>`,
  );
}

function stepPart({ workflow, step, answer, askedAt, answeredAt }: StepTold): Html {
  const took = answeredAt === null ? '' : ` after ${spoken(answeredAt - askedAt)}`;
  const came = { ok: 'answered', refused: 'said no', error: 'failed' }[answer?.kind ?? 'ok'];
  const value =
    answer === null ? null : answer.kind === 'ok' ? answer.value : `${answer.code}: ${answer.because}`;
  return html`<details><summary>${answer === null ? '…' : answer.kind === 'ok' ? '✓' : '✗'} ${workflow} · ${step} <span class="quiet">${answer === null ? 'did not answer' : came + took}</span></summary>
<pre tabindex="0">${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre></details>`;
}
