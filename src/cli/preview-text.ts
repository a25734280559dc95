import type { TakeoverPreview } from '../controller/requests/failover-preview.ts';
import type { Gate } from '../analysis/gates/gates.ts';
import { paintFor } from './paint.ts';
import type { Terminal } from './terminal.ts';

/** How each gate stands, a line each. */
export function gateLines(gates: readonly Gate[], terminal: Terminal): readonly string[] {
  const paint = paintFor(terminal);
  return gates.map(
    ({ gate, open, because }) =>
      `  ${open ? paint.good('open ') : paint.bad('SHUT ')}  ${gate.padEnd(10)}  ${because}`,
  );
}

/** The gates, who would be the new primary, and what would be done for it. */
export function previewText({ gates, successor, plan }: TakeoverPreview, terminal: Terminal): string {
  return [
    ...gateLines(gates, terminal),
    '',
    successor === null && plan.length === 0
      ? 'nothing would be done'
      : `${successor === null ? 'this' : `${successor} would take over`}:`,
    ...plan.map((line) => `  ${line}`),
  ].join('\n');
}
