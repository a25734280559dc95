import type { Change, MendingStory, mendingSteps } from '../../workflows/mending.ts';
import { planSemiSync } from '../analysis/semi-sync-plan.ts';
import { wasRead } from '../engine/acts.ts';
import type { StepFunctions } from '../engine/drive.ts';
import type { Order } from '../engine/ports.ts';
import { type Refused, refuse, type StepContext } from '../engine/step-context.ts';
import type { Server } from '../topology/observation.ts';
import { confirmFailure } from './recovery/confirm.ts';
import { runStageOf } from './run-stage.ts';
import { lookAgainMs, lookAt, type StepSettings, type StepWorld } from './step-world.ts';
import { undo } from './undo.ts';
import { whyNotWritable } from './writable.ts';

/** How long replicas may take to take part in semi-sync once they were told to. */
const takesPartWithinMs = 5_000;

/** The steps that mend the settings of a primary that lives, in the order of workflows/mending.ts. */
export function mendingStepsOn(world: StepWorld): StepFunctions<typeof mendingSteps> {
  return {
    confirm: (story, context) => confirmFailure(world, story, context),
    preFailoverHooks: (story, context) => runStageOf(world, 'PreFailoverProcesses', story, context),
    plan: (story, context) => plan(world, story, context),
    change: (story, context) => change(world, story, context),
    verify: (story, context) => verify(world, story, context),
    postFailoverHooks: (story, context) => runStageOf(world, 'PostFailoverProcesses', story, context),
    undo: (story, context) => undo(world, story, context),
    postUnsuccessfulHooks: (story, context) =>
      runStageOf(world, 'PostUnsuccessfulFailoverProcesses', story, context),
  };
}

/** What is owed when this build cannot continue it: nothing but the hooks, for what is still wrong is found again. */
export async function settleMending(world: StepWorld, input: unknown, context: StepContext): Promise<string> {
  const { finding, cluster, request } = input as MendingStory;
  await runStageOf(world, 'PostUnsuccessfulFailoverProcesses', { finding, cluster, request }, context);
  return 'the primary is looked at afresh';
}

async function plan(world: StepWorld, story: MendingStory, context: StepContext) {
  return story.finding.treatment === 'semi-sync'
    ? planReplicas(world, story, context)
    : planPrimary(world, story, context);
}

async function planPrimary(world: StepWorld, story: MendingStory, context: StepContext) {
  const { instance } = story.finding;
  const forbidden = await whyNotWritable(world, story, context);
  if (forbidden !== null) return refuse('not-to-be-writable', forbidden);
  const because = `no other server of ${story.cluster.alias} takes writes`;
  return { changes: [{ instance, to: 'writable' as const, because }], because };
}

async function planReplicas(world: StepWorld, { finding, cluster }: MendingStory, { signal }: StepContext) {
  const { inventory, settings } = world;
  const [seen] = await lookAt(world, [finding.instance, ...finding.replicas], signal);
  if (!wasRead(seen)) return refuse('primary-lost', seen?.error ?? `${finding.instance} does not answer`);
  const mode = modeFor(seen.server, settings);
  if (mode === null)
    return refuse('no-remedy', 'neither RecoverLockedSemiSyncMaster nor EnforceExactSemiSyncReplicas is set');
  const replicas = inventory
    .members(cluster.id)
    .flatMap(({ server, ...one }) =>
      server?.replication?.source === finding.instance ? [{ ...one, server }] : [],
    );
  const changes = planSemiSync(seen.server, replicas, mode).map(
    ({ instance, to, because }): Change => ({ instance, to: `semi-sync ${to}`, because }),
  );
  const because = changes.map((one) => one.because).join('; ');
  if (changes.length > 0 || isWell(seen.server, mode))
    return { changes, because: because || 'nothing is left to change' };
  return refuse(
    'no-semi-sync-replica',
    `no replica of ${finding.instance} that replicates may take part in semi-sync and does not yet`,
  );
}

async function change(world: StepWorld, story: MendingStory, context: StepContext) {
  const failures: string[] = [];
  for (const one of story.changes) {
    const forbidden = one.to === 'writable' ? await whyNotWritable(world, story, context) : null;
    if (forbidden !== null) return refuse('not-to-be-writable', forbidden);
    const { outcome, because } = await context.acts.perform(orderFor(one));
    if (outcome === 'failed') failures.push(because ?? `${one.instance} would not`);
  }
  return failures.length === 0
    ? { because: 'all was changed' }
    : refuse('act-failed', `not all could be changed: ${failures.join('; ')}`);
}

function orderFor({ instance, to }: Change): Order {
  switch (to) {
    case 'writable':
      return { verb: 'setReadOnly', instance, readOnly: false };
    case 'semi-sync on':
    case 'semi-sync off':
      return { verb: 'setSemiSync', instance, side: 'replica', enabled: to === 'semi-sync on' };
    case 'semi-sync again':
      return { verb: 'reconnect', instance };
  }
}

/** Looks at the primary until it is as it should be, for a while. */
async function verify(
  world: StepWorld,
  { finding: { instance, treatment } }: MendingStory,
  { clock, signal }: StepContext,
): Promise<{ because: string } | Refused> {
  const until = clock.monotonic() + takesPartWithinMs;
  while (true) {
    const [seen] = await lookAt(world, [instance], signal);
    if (!wasRead(seen)) return refuse('primary-lost', seen?.error ?? `${instance} does not answer`);
    const { readOnly, semiSync } = seen.server;
    if (treatment !== 'semi-sync')
      return readOnly
        ? refuse('still-read-only', `${instance} is read-only again`)
        : { because: `${instance} takes writes` };
    const stands = `${semiSync.clients} replicas take part in semi-sync, and ${instance} waits for ${semiSync.waitForReplicas}`;
    if (isWell(seen.server, modeFor(seen.server, world.settings))) return { because: stands };
    if (clock.monotonic() >= until) return refuse('still-wrong', stands);
    await clock.sleep(lookAgainMs, signal);
  }
}

/** MariaDB waits for one replica and cannot be told how many there shall be. */
function modeFor({ flavour }: Server, { semiSyncMending }: StepSettings): StepSettings['semiSyncMending'] {
  return semiSyncMending === 'exact' && flavour === 'mariadb' ? 'enough' : semiSyncMending;
}

function isWell(
  { semiSync: { clients, waitForReplicas } }: Server,
  mode: 'exact' | 'enough' | null,
): boolean {
  return mode === 'exact' ? clients === waitForReplicas : clients >= waitForReplicas;
}
