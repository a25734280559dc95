import { readdirSync, readFileSync } from 'node:fs';

/** Every program that a hook starts has it, and no other process on the machine has the same. */
export const runVariable = 'BATON_HOOK_RUN_ID';

interface Found {
  readonly pid: number;
  /** Clock ticks since the machine started. */
  readonly since: number;
}

/**
 * The leader of the group that a run was started in, by a spawner that is dead now: of all that lead a
 * session and know themselves to be of this run, the one that is there longest. Null where none is.
 */
export function leaderOf(isRun: (key: string) => boolean): number | null {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const leaders = pids.flatMap((name) => {
    const found = leadingSession(Number(name));
    const key = found === null ? null : runOf(found.pid);
    return found !== null && key !== null && isRun(key) ? [found] : [];
  });
  const [first] = leaders.toSorted((a, b) => a.since - b.since || a.pid - b.pid);
  return first?.pid ?? null;
}

/** proc(5) on stat: behind the name in brackets come state, parent, group, session, …, the 22nd is the start. */
function leadingSession(pid: number): Found | null {
  const line = readProc(pid, 'stat');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return Number(fields[3]) === pid ? { pid, since: Number(fields[19]) } : null;
}

function runOf(pid: number): string | null {
  const variables = readProc(pid, 'environ').split('\0');
  const found = variables.find((one) => one.startsWith(`${runVariable}=`));
  return found?.slice(runVariable.length + 1) ?? null;
}

/** Empty where the process is gone or somebody else's. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
