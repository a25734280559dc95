import { existsSync } from 'node:fs';
import type { GroupEnd } from '../../process/process-group.ts';
import type { Ended } from './started.ts';

/** Whose program it is: the shell of all hooks, or the first word of one hook. */
type Whose = 'shell' | 'exec';

const named: Readonly<Record<Whose, string>> = {
  shell: ', which ProcessesShellCommand names',
  exec: '',
};

/**
 * How a program ended by itself. What could not be run gets the exit code that a shell would give for
 * it: 127 where there is nothing of that name, 126 where it is not to be executed.
 */
export function endedAs(end: GroupEnd, program: string, whose: Whose): Omit<Ended, 'output'> {
  const by = { exitCode: null, signal: null, because: null };
  if (end.how === 'exited') return { ...by, ended: 'exited', exitCode: end.exitCode };
  if (end.how === 'signalled') return { ...by, ended: 'signalled', signal: end.signal };
  const exitCode = end.code === 'ENOENT' ? 127 : 126;
  const because = `${whyNot(end.code, program, named[whose])} (exit ${exitCode})`;
  return { ...by, ended: 'not-started', exitCode, because };
}

function whyNot(code: string, program: string, names: string): string {
  switch (code) {
    case 'ENOENT':
      return program.includes('/') && existsSync(program)
        ? `the first line of ${program}${names} asks for an interpreter that is not there`
        : `there is no program ${program}${names}`;
    case 'EACCES':
      return `${program}${names === '' ? '' : `${names},`} is not executable for the user that Baton runs as`;
    case 'E2BIG':
      return `the arguments and variables for ${program} are longer than the system allows`;
    default:
      return `the system did not run ${program}${names}: ${code}`;
  }
}
