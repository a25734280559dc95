import { HookStage } from '../../engine/record.ts';
import type { ConfiguredHook } from '../../config/hook.ts';
import { parse } from '../render.ts';
import type { LintFinding, LintRequest, Remark } from './finding.ts';
import { examineOptions } from './options.ts';
import { examineReaders } from './readers.ts';
import { examineRequest } from './request.ts';
import { examineShell } from './shell.ts';
import { examineStageWords } from './stage-words.ts';
import type { Check, Subject } from './subject.ts';
import { examineSyntax } from './syntax.ts';
import { examineWords } from './unknown-words.ts';

/** What there is to say of the hooks of a configuration, by stage and in the order of each list. Runs nothing. */
export function lintHooks(request: LintRequest): readonly LintFinding[] {
  const found = HookStage.options.flatMap((stage) =>
    request.lists[stage].flatMap((hook, index) =>
      remarksOn(hook, stage, request).map((remark) => ({ ...remark, stage, index })),
    ),
  );
  const ofShell = examineShell(request).map((remark) => ({ ...remark, stage: null, index: null }));
  return [...ofShell, ...found];
}

const checks: readonly Check[] = [
  examineSyntax,
  examineWords,
  examineReaders,
  examineStageWords,
  examineRequest,
  examineOptions,
];

function remarksOn(hook: ConfiguredHook, stage: HookStage, request: LintRequest): readonly Remark[] {
  const subject = subjectOf(hook, stage, request);
  return checks.flatMap((check) => check(subject));
}

function subjectOf(hook: ConfiguredHook, stage: HookStage, request: LintRequest): Subject {
  const { action, detached } = hook;
  if (action.kind !== 'shell') return { stage, hook, request, text: null, ampersand: '', detached };
  const parsed = parse(action.command, stage, request);
  const ampersand = action.command.trim().slice(parsed.text.length);
  return {
    stage,
    hook,
    request,
    text: parsed.fault === null ? parsed.text : null,
    ampersand: parsed.fault === null ? ampersand : '',
    detached: detached || parsed.detached,
  };
}
