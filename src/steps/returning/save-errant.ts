import type { ReturnStory } from '../../../workflows/returning.ts';
import { transactions } from '../../analysis/choice/assessment.ts';
import { Refused, refuse, type StepContext } from '../../engine/step-context.ts';
import { shortUid } from '../../kernel/uid.ts';
import { errantEvents, type ToldEvents } from './errant-events.ts';
import { recoveryUidOf } from '../hook-facts.ts';
import { returnFacts } from './return-facts.ts';
import { runStage } from '../run-stage.ts';
import type { StepWorld } from '../step-world.ts';

/**
 * Writes down what would be thrown away (P4): in a file of Baton's own, each transaction with its events as the server
 * tells them, and then by SaveErrantCommand. Without that command nothing may be missing from the file.
 */
export async function saveErrant(
  world: StepWorld,
  story: ReturnStory,
  context: StepContext,
): Promise<{ file: string; because: string } | Refused> {
  const { instance, assessment } = story;
  const { errant = '', count = null } = assessment ?? {};
  const hasCommand = world.hooks.has('SaveErrantCommand');
  if (count === null && !hasCommand)
    return refuse(
      'not-saved',
      `nobody can tell what only ${instance} has, and there is no SaveErrantCommand`,
    );
  const told =
    errant === '' || count === null
      ? nothing
      : await errantEvents(world.servers, instance, { errant, count }, context.signal);
  const file = await world.evidence.keep(
    nameOf(story, context),
    textOf(story, { ...told, at: context.clock.now() }),
  );
  const missing = (count ?? 0) - told.found.length;
  const lacks = missing > 0 ? `${transactions(missing)} of its own cannot be found in its binary log` : null;
  const because = lacks ?? (told.hidesRows ? 'the rows that they wrote cannot be read over SQL' : null);
  if (because !== null && !hasCommand)
    return refuse('not-saved', `${file} names them, but ${because}, and there is no SaveErrantCommand`);
  const facts = await returnFacts(world, { ...story, saved: file }, context.uid);
  const ran = hasCommand ? await runStage(world, 'SaveErrantCommand', facts, context) : null;
  if (ran instanceof Refused) return ran;
  return { file, because: `${transactions(told.found.length)} of ${instance} written down in ${file}` };
}

const nothing: ToldEvents = { found: [], events: [], hidesRows: false };

function nameOf({ instance }: ReturnStory, { uid }: StepContext): string {
  return `${instance}-${shortUid(recoveryUidOf(uid))}`.replace(/[^\w-]/g, '_').concat('.txt');
}

/** For a person: whose they are, which they are, and each event in a line. */
function textOf(
  { instance, successor, recovery, assessment }: ReturnStory,
  { found, events, at }: ToldEvents & { at: number },
): string {
  const lines = [
    `${instance}, replaced as the primary by ${successor} in recovery ${recovery}`,
    assessment?.because ?? '',
    `Written down at ${new Date(at).toISOString()}; its binary log has ${found.length} of ${assessment?.count ?? 0}.`,
    '',
    ...found,
    '',
    ...events.map(({ file, position, type, info }) => `${file}:${position}\t${type}\t${info}`),
  ];
  return `${lines.join('\n')}\n`;
}
