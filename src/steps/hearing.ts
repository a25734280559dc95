import type { HearingStory, hearingSteps } from '../../workflows/hearing.ts';
import type { StepFunctions } from '../engine/drive.ts';
import type { HookFacts } from '../engine/ports.ts';
import { refuse } from '../engine/step-context.ts';
import { toldOutcome } from '../engine/telling.ts';
import { recoveryUidOf } from './hook-facts.ts';
import type { StepWorld } from './step-world.ts';

export function hearingStepsOn(world: StepWorld): StepFunctions<typeof hearingSteps> {
  return {
    async call(story, context) {
      const { signalCommand } = world.settings;
      if (signalCommand === null) return { because: 'there is no SignalCommand any more' };
      const { outcome } = await world.hooks.runCommand({
        name: 'SignalCommand',
        command: signalCommand.command,
        facts: factsOf(world, story, context.uid),
        variables: variablesOf(story),
        timeoutMs: signalCommand.timeoutMs,
        once: true,
        says: `SignalCommand is run: ${story.because}`,
        into: null,
        context,
      });
      context.signal.throwIfAborted();
      const because = `SignalCommand ${toldOutcome(outcome)}`;
      const hasWorked = outcome.ended === 'exited' && outcome.exitCode === 0;
      return hasWorked ? { because } : refuse('command-failed', because);
    },
  };
}

/** What is owed when this build cannot continue it: nothing, for what was told then is old by now. */
export async function settleHearing(): Promise<string> {
  return 'SignalCommand is not run again';
}

/** The system's own words, and ours, which are the same for all of them. */
function variablesOf({ from, node, says, because, variables }: HearingStory): Record<string, string> {
  return {
    ...variables,
    BATON_SIGNAL_FROM: from,
    BATON_SIGNAL_NODE: node,
    BATON_SIGNAL_SAYS: says ?? '',
    BATON_SIGNAL_BECAUSE: because,
  };
}

/** No server is found to be wrong: the facts name the first instance on the host, and its cluster. */
function factsOf({ settings, inventory }: StepWorld, story: HearingStory, uid: string): HookFacts {
  const { cluster, instances, because, from } = story;
  const [failed = inventory.members(cluster.id)[0]?.key ?? '0.0.0.0:0'] = instances;
  return {
    failureType: '',
    instanceType: '',
    isMaster: failed === cluster.name,
    isCoMaster: false,
    failureDescription: because,
    command: '',
    failed,
    failureCluster: cluster.name,
    failureClusterAlias: cluster.alias,
    failureClusterDomain: cluster.domain,
    countReplicas: 0,
    isDowntimed: false,
    autoMasterRecovery: settings.autoMasterRecovery(cluster),
    autoIntermediateMasterRecovery: settings.autoIntermediateMasterRecovery(cluster),
    orchestratorHost: settings.hostname,
    recoveryUid: recoveryUidOf(uid),
    isSuccessful: false,
    successor: null,
    lostReplicas: [],
    replicas: [],
    initiator: from,
    reason: because,
    dataVerdict: null,
  };
}
