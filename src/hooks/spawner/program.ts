import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HookBody } from '../../engine/record.ts';
import { type GroupEnd, type StartedGroup, signalGroup, startGroup } from '../../process/process-group.ts';
import { endedAs } from './exit.ts';
import type { Cause } from './interruption.ts';
import { runVariable } from './leftovers.ts';
import { Output } from './output.ts';
import { readOnce } from './private-file.ts';
import type { Ended, Start, Started } from './started.ts';

/** Between the polite signal and the other one. */
export const graceMs = 2_000;
/** How long a killed process may take to go; one that waits for a dead disk may never. */
const afterKillMs = 3_000;

/** Read once: each look at the real one asks the system for every variable of it. */
const ownVariables = { ...process.env };

type ProgramBody = Exclude<HookBody, { kind: 'http' }>;

/** Starts a script by its shell, or a program by itself, with files for what it reads and writes. */
export function startProgram(start: Start, body: ProgramBody): Started {
  const { mark, settings, interruption, run, heard } = start;
  const [program = '', ...args] =
    body.kind === 'shell' ? [settings.shell, mark, ...(body.args ?? [])] : body.argv;
  const inputFd = run.document === null ? null : readOnce(`${mark}.input`, run.document);
  try {
    const output = new Output(`${mark}.output`, settings.outputLimitBytes, heard);
    const env = { ...ownVariables, ...run.variables, [runVariable]: run.key };
    const group = startGroup({ program, args, env, inputFd, outputFd: output.fd });
    const ended = endOf(group, interruption.cause, (end) => endedAs(end, program, body.kind));
    return {
      ended: ended.then((end) => ({ ...end, output: output.take() })),
      clear() {
        output.close(group.pid);
      },
    };
  } finally {
    if (inputFd !== null) closeSync(inputFd);
  }
}

type Exit = Omit<Ended, 'output'>;

async function endOf(
  group: StartedGroup,
  cause: Promise<Cause>,
  byItself: (end: GroupEnd) => Exit,
): Promise<Exit> {
  const first = await Promise.race([group.ended, cause]);
  if ('how' in first) return byItself(first);
  if (group.pid !== null) await endGroup(group.pid);
  const last = await Promise.race([group.ended, sleep(afterKillMs, null, { ref: false })]);
  const signal = last?.how === 'signalled' ? last.signal : 'SIGTERM';
  const because = last === null ? `${first.because}; SIGKILL did not end it either` : first.because;
  return { ended: first.ended, exitCode: null, signal, because };
}

/** The whole group is asked to go, then made to. A child that has left the group is out of our reach. */
async function endGroup(group: number): Promise<void> {
  signalGroup(group, 'SIGTERM');
  const until = performance.now() + graceMs;
  while (signalGroup(group, 0) && performance.now() < until) await sleep(10);
  signalGroup(group, 'SIGKILL');
}
