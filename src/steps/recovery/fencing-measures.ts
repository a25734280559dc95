import type { RecoveryStory } from '../../../workflows/recovery.ts';
import type { FencingLevel } from '../../analysis/cost/fencing.ts';
import type { StepContext } from '../../engine/step-context.ts';
import { toldOutcome } from '../../engine/telling.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import type { Server } from '../../topology/observation.ts';
import { hookFacts } from '../hook-facts.ts';
import type { StepWorld } from '../step-world.ts';

/** One thing that was done to keep the old primary from taking writes, and how sure that made it. */
export interface FencingMeasure {
  readonly measure: 'read-only' | 'withdrawal' | 'command' | 'time' | 'host';
  readonly level: FencingLevel;
  readonly because: string;
}

/** On the server itself: no more writes, and an end to whoever is in the middle of one. */
export async function stopWrites(instance: InstanceKey, { acts }: StepContext): Promise<FencingMeasure> {
  const readOnly = await acts.perform({ verb: 'setReadOnly', instance, readOnly: true, evenSuper: true });
  if (readOnly.outcome === 'failed')
    return measure('read-only', `${instance} could not be made read-only: ${readOnly.because}`);
  const ended = await acts.perform({ verb: 'endConnections', instance });
  return measure(
    'read-only',
    ended.outcome === 'failed'
      ? `${instance} was made read-only, and its connections could not be ended: ${ended.because}`
      : `${instance} was made read-only, and the connections of applications were ended`,
  );
}

/** What it proves that a server was seen to be read-only: MariaDB lets in whoever has READ ONLY ADMIN, as MySQL does without super_read_only. */
export function readOnlySeen(
  instance: InstanceKey,
  { superReadOnly, flavour }: Pick<Server, 'superReadOnly' | 'flavour'>,
  said: string = `${instance} answers and is read-only`,
): FencingMeasure {
  if (superReadOnly) return { measure: 'read-only', level: 'proven', because: said };
  const privilege = flavour === 'mariadb' ? 'READ ONLY ADMIN' : 'SUPER or CONNECTION_ADMIN';
  return measure('read-only', `${said}, which binds no account that has ${privilege}`);
}

/** Whoever asks for the primary from now on is not sent to it; who holds a connection still has it. */
export async function withdraw(
  { cluster, finding }: RecoveryStory,
  { publications, signal }: StepContext,
): Promise<FencingMeasure | null> {
  if (publications === null) return null;
  const { outcome, because } = await publications.withdraw(cluster);
  signal.throwIfAborted();
  if (outcome === 'nowhere') return null;
  return measure(
    'withdrawal',
    outcome === 'failed'
      ? `${finding.instance} could not be withdrawn: ${because}`
      : `nobody is sent to ${finding.instance} any more`,
  );
}

export async function runFenceCommand(
  world: StepWorld,
  story: RecoveryStory,
  context: StepContext,
): Promise<FencingMeasure | null> {
  const { fenceCommand } = world.settings;
  if (fenceCommand === null) return null;
  const { instance } = story.finding;
  const { signal, teller, uid } = context;
  const { outcome, isRecalled } = await world.hooks.runCommand({
    name: 'FenceCommand',
    command: fenceCommand.command,
    facts: hookFacts(world, story, uid),
    variables: {},
    timeoutMs: fenceCommand.timeoutMs,
    once: true,
    says: `FenceCommand is run against ${instance}`,
    into: null,
    context,
  });
  signal.throwIfAborted();
  const because = `FenceCommand ${toldOutcome(outcome)}${isRecalled ? ', and is not run again' : ''}`;
  const worked = outcome.ended === 'exited' && outcome.exitCode === 0;
  if (!worked) teller.warn(`${because}: ${outcome.output.trim()}`, { instance });
  return {
    measure: 'command',
    level: worked && fenceCommand.proves ? 'proven' : 'attempted',
    because: worked && !fenceCommand.proves ? `${because}, which is no proof` : because,
  };
}

function measure(which: FencingMeasure['measure'], because: string): FencingMeasure {
  return { measure: which, level: 'attempted', because };
}
