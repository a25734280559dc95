import { readdirSync, readFileSync } from 'node:fs';
import { runVariable } from '../spawner/leftovers.ts';
import type { LeftProcess } from './seen.ts';

/**
 * The processes that a run of a hook started and that are still there, those that have left its process
 * group too: they all have the run's key in their environment, unless they were started without it.
 */
export function leftProcesses(key: string): readonly LeftProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const own = pids.filter((pid) => readProc(pid, 'environ').includes(`${runVariable}=${key}`));
  return own.map((pid) => ({ pid: Number(pid), command: readProc(pid, 'cmdline').join(' ').trim() }));
}

/** Empty where the process is gone, dead and not yet buried, or somebody else's. */
function readProc(pid: string, file: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
