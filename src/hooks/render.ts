import type { ConfiguredHook } from '../config/hook.ts';
import type { HookFacts } from '../engine/ports.ts';
import type { HookStage, StagedHook } from '../engine/record.ts';
import { type Substituted, substitute, type Value } from './quoting/substitute.ts';
import { stages } from './stages.ts';
import { variablesOf, words } from './words.ts';

export interface HookSettings {
  /** HookSubstitution: `literal` is orchestrator's raw replacement, where a value may become code. */
  readonly substitution: 'safe' | 'literal';
  /** HookCompatibility: `strict` leaves the placeholder of a fact that is not known as it was written. */
  readonly compatibility: 'sane' | 'strict';
  /** HookTimeoutSeconds: for hooks that are waited for and have no timeout of their own. */
  readonly timeoutSeconds: number;
}

/** A stage's list as it will be run: data in place, variables set. What must not be run says why. */
export function renderStage(
  stage: HookStage,
  list: readonly ConfiguredHook[],
  facts: HookFacts,
  settings: HookSettings,
): readonly StagedHook[] {
  return list.map((hook) => {
    const { text, detached, fault } = parse(hook.command, stage);
    const variables = stage === 'PostTakeMasterProcesses' ? takeMasterVariables(facts) : variablesOf(facts);
    const filled = stage === 'PostTakeMasterProcesses' ? withArguments(text) : fill(text, facts, settings);
    const refused = fault ?? nulIn(variables) ?? ('refused' in filled ? filled.refused : null);
    return {
      command: hook.command,
      script: refused === null && 'script' in filled ? filled.script : '',
      variables: refused === null ? variables : {},
      detached,
      timeoutMs: timeoutMs(hook, detached, settings),
      mayVeto: !detached && (hook.onFailure === null ? stages[stage].mayVeto : hook.onFailure === 'abort'),
      onResume: hook.onResume,
      retries: hook.retries,
      refused,
    };
  });
}

/** A single `&` at the end leaves a hook in the background (orchestrator 3.2.6, section 1.3). */
function parse(command: string, stage: HookStage): { text: string; detached: boolean; fault: string | null } {
  const text = command.trim();
  if (stage === 'PostTakeMasterProcesses') return { text, detached: false, fault: null };
  if (text.endsWith('&&')) {
    return { text, detached: false, fault: 'it ends in &&, so the command that should follow is missing' };
  }
  const detached = text.endsWith('&');
  return { text: detached ? text.slice(0, -1) : text, detached, fault: null };
}

function fill(command: string, facts: HookFacts, settings: HookSettings): Substituted {
  const values = valuesOf(facts, settings);
  if (settings.substitution === 'safe') return substitute(command, values);
  let script = command;
  for (const [name, { text }] of values) script = script.replaceAll(`{${name}}`, () => text);
  return script.includes('\0') ? { refused: 'a value has a NUL byte, which no script can hold' } : { script };
}

function valuesOf(facts: HookFacts, { compatibility }: HookSettings): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const { placeholders, variable, from, value } of words) {
    const text = value(facts) ?? (compatibility === 'sane' ? '' : null);
    if (text !== null) for (const name of placeholders) values.set(name, { text, variable, from });
  }
  return values;
}

/** This stage gets no placeholders but two arguments, and its variables hold a port too (section 1.5). */
function withArguments(command: string): Substituted {
  return { script: `set -- "$ORC_SUCCESSOR_HOST" "$ORC_FAILED_HOST"\n${command}` };
}

function takeMasterVariables({ successor, failed }: HookFacts): Record<string, string> {
  return { ORC_SUCCESSOR_HOST: successor?.instance ?? '', ORC_FAILED_HOST: failed };
}

function nulIn(variables: Readonly<Record<string, string>>): string | null {
  const [found] = Object.entries(variables).filter(([, text]) => text.includes('\0'));
  return found === undefined ? null : `${found[0]} would have a NUL byte, which no variable can hold`;
}

function timeoutMs(hook: ConfiguredHook, detached: boolean, settings: HookSettings): number | null {
  const seconds = hook.timeoutSeconds ?? (detached ? null : settings.timeoutSeconds);
  return seconds === null ? null : seconds * 1_000;
}
