import { nearest } from '../../config/spelling.ts';
import { HookStage } from '../../engine/record.ts';
import { BatonError } from '../../kernel/errors.ts';

const ending = 'Processes';

/** The stage that a person means: case does not matter, nor does Processes at the end. Throws `usage`. */
export function stageNamed(written: string): HookStage {
  const wanted = written.toLowerCase();
  const found = HookStage.options.find((name) =>
    [name, shortOf(name)].some((one) => one.toLowerCase() === wanted),
  );
  if (found !== undefined) return found;
  const meant = nearest(written, [...HookStage.options, ...HookStage.options.map(shortOf)]);
  const hint = meant === null ? `The stages are ${HookStage.options.join(', ')}.` : `Did you mean ${meant}?`;
  throw new BatonError('usage', `there is no stage of hooks called ${JSON.stringify(written)}. ${hint}`);
}

function shortOf(stage: HookStage): string {
  return stage.slice(0, -ending.length);
}
