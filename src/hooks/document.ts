import type { HookFacts } from '../engine/ports.ts';
import type { HookStage } from '../engine/record.ts';
import { words } from './words.ts';

/** Everything that a hook may be told as JSON, each fact with its own type; null where it is not known. */
export function documentOf(stage: HookStage, facts: HookFacts): string {
  const told = Object.fromEntries(words.map(({ name, value }) => [name, value(facts)]));
  return JSON.stringify({ version: 1, stage, facts: told });
}
