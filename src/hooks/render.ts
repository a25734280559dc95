import { type ConfiguredHook, spelledHook } from '../config/hook.ts';
import type { HookFacts } from '../engine/ports.ts';
import type { HookBody, HookStage, StagedHook } from '../engine/record.ts';
import { documentOf } from './document.ts';
import { fillArguments } from './exec.ts';
import { type Substituted, substitute, type Value, type Values } from './quoting/substitute.ts';
import { asToldAt } from './strict-facts.ts';
import { lengthy, mayVetoAt } from './stages.ts';
import { textOf, variablesOf, words } from './words.ts';

export interface HookSettings {
  /** HookSubstitution: `literal` is orchestrator's raw replacement, where a value may become code. */
  readonly substitution: 'safe' | 'literal';
  /** HookCompatibility: `strict` tells hooks what orchestrator told them, its oddities included. */
  readonly compatibility: 'sane' | 'strict';
  /** HookTimeoutSeconds: for hooks that are waited for and have no timeout of their own. */
  readonly timeoutSeconds: number;
  /** HookStageTimeoutSeconds: for all hooks of a stage together. */
  readonly stageTimeoutSeconds: number;
  /** RebuildTimeoutSeconds: in place of both, for the stages that copy servers. */
  readonly lengthySeconds: number;
  /** HookAskTimeoutSeconds: how long a person may take to answer. */
  readonly askTimeoutSeconds: number;
  /** FailRecoveryOnFailedPostFailoverProcesses: a failing hook ends its stage after a promotion too. */
  readonly postHooksCount: boolean;
}

/** A stage's list as it will be run: data in place, variables set. What must not be run says why. */
export function renderStage(
  stage: HookStage,
  list: readonly ConfiguredHook[],
  known: HookFacts,
  settings: HookSettings,
): readonly StagedHook[] {
  const facts = settings.compatibility === 'strict' ? asToldAt(stage, known) : known;
  const variables = stage === 'PostTakeMasterProcesses' ? takeMasterVariables(facts) : variablesOf(facts);
  return list.map((hook) => {
    const { body, detached, refused } = fill(hook, stage, facts, settings);
    const fault = nulIn(variables) ?? refused;
    return {
      command: spelledHook(hook.action),
      body,
      variables: fault === null ? variables : {},
      document: hook.readsFacts && fault === null ? documentOf(stage, facts) : null,
      detached,
      timeoutMs: timeoutMs(
        hook,
        detached,
        lengthy.has(stage) ? settings.lengthySeconds : settings.timeoutSeconds,
      ),
      mayVeto:
        !detached && (hook.onFailure === null ? mayVetoAt(stage, settings) : hook.onFailure === 'abort'),
      onResume: hook.onResume,
      askMs: (hook.askTimeoutSeconds ?? settings.askTimeoutSeconds) * 1_000,
      retries: hook.retries,
      exitClasses: hook.exitClasses,
      refused: fault,
    };
  });
}

interface Filled {
  readonly body: HookBody;
  readonly detached: boolean;
  readonly refused: string | null;
}

function fill(
  { action, detached }: ConfiguredHook,
  stage: HookStage,
  facts: HookFacts,
  settings: HookSettings,
): Filled {
  if (action.kind === 'http') {
    const { url, headers, secretVariable } = action;
    return { body: { kind: 'http', url, headers: { ...headers }, secretVariable }, detached, refused: null };
  }
  const values = valuesOf(facts, settings);
  if (action.kind === 'exec') {
    const filled = fillArguments(action.argv, values);
    if ('refused' in filled) return { body: { kind: 'exec', argv: [] }, detached, refused: filled.refused };
    return { body: { kind: 'exec', argv: [...filled.argv] }, detached, refused: null };
  }
  if (stage === 'PostTakeMasterProcesses')
    return { body: takeMasterBody(action.command, facts), detached, refused: null };
  const parsed = parse(action.command, stage, settings);
  if (parsed.fault !== null) return { body: nothing, detached: false, refused: parsed.fault };
  const filled = fillCommand(parsed.text, values, settings);
  const isDetached = detached || parsed.detached;
  if ('refused' in filled) return { body: nothing, detached: isDetached, refused: filled.refused };
  return { body: { kind: 'shell', script: filled.script }, detached: isDetached, refused: null };
}

const nothing: HookBody = { kind: 'shell', script: '' };

/**
 * A single `&` at the end leaves a hook in the background (orchestrator 3.2.6, section 1.3, which takes
 * any number of them for one, so that `&&` vanishes).
 */
export function parse(
  command: string,
  stage: HookStage,
  { compatibility }: Pick<HookSettings, 'compatibility'>,
): { text: string; detached: boolean; fault: string | null } {
  const text = command.trim();
  if (stage === 'PostTakeMasterProcesses') return { text, detached: false, fault: null };
  if (compatibility === 'sane' && text.endsWith('&&')) {
    return { text, detached: false, fault: 'it ends in &&, so the command that should follow is missing' };
  }
  const detached = text.endsWith('&');
  return { text: text.replace(/&+$/, ''), detached, fault: null };
}

/** A command with the values in their places, each kept inside its quotes where the settings say so. */
export function fillCommand(command: string, values: Values, { substitution }: HookSettings): Substituted {
  if (substitution === 'safe') return substitute(command, values);
  let script = command;
  for (const [name, { text }] of values) script = script.replaceAll(`{${name}}`, () => text);
  return script.includes('\0') ? { refused: 'a value has a NUL byte, which no script can hold' } : { script };
}

export function valuesOf(facts: HookFacts, { compatibility }: HookSettings): Values {
  const values = new Map<string, Value>();
  for (const { placeholders, variable, from, value } of words) {
    const fact = value(facts);
    const text = fact === null ? (compatibility === 'sane' ? '' : null) : textOf(fact);
    if (text !== null) for (const name of placeholders) values.set(name, { text, variable, from });
  }
  return values;
}

/** This stage gets no placeholders but two arguments, and its variables hold a port too (section 1.5). */
function takeMasterBody(command: string, facts: HookFacts): HookBody {
  const { ORC_SUCCESSOR_HOST = '', ORC_FAILED_HOST = '' } = takeMasterVariables(facts);
  return { kind: 'shell', script: command, args: [ORC_SUCCESSOR_HOST, ORC_FAILED_HOST] };
}

function takeMasterVariables({ successor, failed }: HookFacts): Record<string, string> {
  return { ORC_SUCCESSOR_HOST: successor?.instance ?? '', ORC_FAILED_HOST: failed };
}

function nulIn(variables: Readonly<Record<string, string>>): string | null {
  const [found] = Object.entries(variables).filter(([, text]) => text.includes('\0'));
  return found === undefined ? null : `${found[0]} would have a NUL byte, which no variable can hold`;
}

function timeoutMs(hook: ConfiguredHook, detached: boolean, usualSeconds: number): number | null {
  const seconds = hook.timeoutSeconds ?? (detached ? null : usualSeconds);
  return seconds === null ? null : seconds * 1_000;
}
