import { runVariables } from './run-variables.ts';
import { words } from './words.ts';

const ofRuns = runVariables({
  stage: 'PreFailoverProcesses',
  index: 0,
  key: '',
  attempt: 1,
  resumed: false,
  deadline: 0,
});

/** What a RescueCommand is told beside what hooks are: where the tail begins that nobody has, what is had, where it is kept. */
const rescueVariables = [
  'BATON_RESCUE_BINLOG',
  'BATON_RESCUE_POSITION',
  'BATON_RESCUE_GTIDS',
  'BATON_RESCUE_FOLDER',
  'BATON_RESCUE_FILE',
];

/**
 * All variables that tell hooks something of their run. One that is not set is a fact that is not known, so
 * none comes from the environment of the controller, which may itself have been started by a hook.
 */
export const ownVariables: ReadonlySet<string> = new Set([
  ...words.flatMap(({ variable }) => variable ?? []),
  ...Object.keys(ofRuns),
  'BATON_REHEARSAL',
  ...rescueVariables,
]);
