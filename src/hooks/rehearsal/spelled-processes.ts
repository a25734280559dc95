import type { LeftProcess } from './seen.ts';

const longest = 60;

/** `process 4711 (sleep 600)`, several of them in a list. */
export function spelledProcesses(processes: readonly LeftProcess[]): string {
  return processes
    .map(({ pid, command }) => {
      const shown = command.length > longest ? `${command.slice(0, longest)}…` : command;
      return `process ${pid} (${shown})`;
    })
    .join(', ');
}
