import { hooks, text, used } from '../key.ts';

/** orchestrator's hook lists, in the order in which they run (orchestrator 3.2.6, section 1). */
export const hookKeys = {
  ProcessesShellCommand: text(
    'bash',
    used,
    'The program that runs a hook’s script: one name or path, without arguments.',
  ),
  OnFailureDetectionProcesses: hooks(
    [],
    used,
    'Hooks that run when a failure is detected, before it is decided whether to recover.',
  ),
  PreGracefulTakeoverProcesses: hooks(
    [],
    used,
    'Hooks that run before a planned change of primary makes the old one read-only; a failure ends it.',
  ),
  PreFailoverProcesses: hooks(
    [],
    used,
    'Hooks that run before a recovery touches a server; a failure vetoes it.',
  ),
  PostMasterFailoverProcesses: hooks(
    [],
    used,
    'Hooks that run after a successor was promoted in place of a primary.',
  ),
  PostIntermediateMasterFailoverProcesses: hooks(
    [],
    used,
    'Hooks that run after a dead intermediate primary was replaced.',
  ),
  PostFailoverProcesses: hooks(
    [],
    used,
    'Hooks that run after every successful recovery, the others’ hooks done.',
  ),
  PostUnsuccessfulFailoverProcesses: hooks(
    [],
    used,
    'Hooks that run after a recovery that was begun and came to nothing.',
  ),
  PostGracefulTakeoverProcesses: hooks([], used, 'Hooks that run at the end of a planned change of primary.'),
  PostTakeMasterProcesses: hooks(
    [],
    used,
    'Hooks that run after one instance took another’s place as primary; $1 is the new one, $2 the old.',
  ),
  PostUnsuccessfulGracefulTakeoverProcesses: hooks(
    [],
    used,
    'Hooks that run after a planned change of primary that came to nothing.',
  ),
  OnAllClearProcesses: hooks(
    [],
    used,
    'Hooks that run when a failure that hooks were told of is over and no recovery was needed.',
  ),
  SaveErrantCommand: hooks(
    [],
    used,
    'What saves the transactions that only a replaced primary has, before it is rebuilt; a failure ends that. Baton itself writes down what can be read of them over SQL, beside StateFile; without this command it rebuilds only where nothing is missing from that.',
  ),
  RebuildCommand: hooks(
    [],
    used,
    'What puts a copy of another server in the place of a replaced primary (baton rejoin --rebuild), and leaves it running; Baton then lets it follow its successor.',
  ),
} as const;
