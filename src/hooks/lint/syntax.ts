import { parse } from '../render.ts';
import { readCommand } from '../quoting/read-command.ts';
import { type Remark, remark } from './finding.ts';
import { type Check, hasPlaceholders, type Subject } from './subject.ts';
import { ordinaryValues } from './values.ts';

/** Whether the command can be read to its end, by a shell and by us. */
export const examineSyntax: Check = (subject) => {
  const { stage, hook, request, text, ampersand } = subject;
  if (hook.action.kind !== 'shell') return [];
  const { fault } = parse(hook.action.command, stage, request);
  if (fault !== null) return [remark('error', sentenceOf(fault))];
  if (text === null || !isPosix(request.shell)) return [];
  const eaten = ampersand.length > 1 ? [remark('warning', eatenSentence(ampersand))] : [];
  const { problem, isBroken } = readCommand(text, new Set(ordinaryValues.keys()));
  if (problem === null) return eaten;
  if (isBroken) return [...eaten, remark('error', `No shell would run it: ${problem}.`)];
  return [...eaten, ...unfollowed(subject, text, problem)];
};

function unfollowed(subject: Subject, text: string, problem: string): readonly Remark[] {
  if (!hasPlaceholders(subject) || subject.request.substitution === 'literal') return [];
  const names = namesIn(text);
  if (names.length === 0) return [];
  const outside = names.filter((name) => ordinaryValues.get(name)?.from === 'field');
  const why = `The command cannot be followed to its end (${problem})`;
  return outside.length === 0
    ? [remark('note', `${why}, so host names and the like go in only when they are plain.`)]
    : [
        remark(
          'warning',
          `${why}, so the hook is refused when ${outside.map((name) => `{${name}}`).join(' or ')} is not plain: letters, digits and _ @ % + = : , . / - alone. Put it into a script, which reads its variables.`,
        ),
      ];
}

/** Placeholders that a text has, each once. */
export function namesIn(text: string): readonly string[] {
  const names = [...text.matchAll(/\{([A-Za-z]+)\}/g)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => ordinaryValues.has(name));
}

/** What this reading of commands is for: sh, dash and bash. */
export function isPosix(shell: string): boolean {
  return /^(?:sh|dash|bash)$/.test(shell.slice(shell.lastIndexOf('/') + 1));
}

/** orchestrator takes all of them off the end and leaves the hook in the background (orchestrator 3.2.6, section 1.3). */
function eatenSentence(ampersand: string): string {
  return `It ends in ${ampersand}, which is taken off as orchestrator does, and the hook is left in the background.`;
}

function sentenceOf(fault: string): string {
  return `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`;
}
