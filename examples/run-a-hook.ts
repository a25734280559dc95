/**
 * One stage of hooks without a controller, told of a cluster whose alias wants to be a program. Each hook
 * sees it as it is, and none runs it. Run it with `npm run example:run-a-hook`.
 */
import { rehearsalFacts, runStage } from 'baton/hooks';

const stage = 'PostMasterFailoverProcesses';
const alias = `shop'; touch /tmp/stolen; echo "$(id)`;
const { runs } = await runStage({
  stage,
  hooks: [
    'echo "the new primary of {failureClusterAlias} is {successorHost}"',
    { Exec: ['printf', '%s has %s replicas\n', '{failureClusterAlias}', '{countReplicas}'] },
    { Command: 'bash -c "echo {failureClusterAlias}"', OnFailure: 'abort' },
  ],
  facts: { ...rehearsalFacts(stage), failureClusterAlias: alias },
});
for (const { command, outcome } of runs) {
  console.log(command);
  console.log(`  ${outcome.ended}: ${outcome.because ?? outcome.output.trimEnd()}`);
}
