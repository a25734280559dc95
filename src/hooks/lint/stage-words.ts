import { readersOf } from '../quoting/place.ts';
import { readCommand } from '../quoting/read-command.ts';
import { stages } from '../stages.ts';
import { type Remark, remark } from './finding.ts';
import { edited } from './rewrite/edit.ts';
import { referenceAt } from './rewrite/reference.ts';
import { type Check, hasPlaceholders, type Subject } from './subject.ts';
import { namesIn } from './syntax.ts';
import { ordinaryValues, successorNames } from './values.ts';

/** Placeholders that have no value at their stage, or are not replaced there. */
export const examineStageWords: Check = (subject) => {
  const { hook, text } = subject;
  if (hook.action.kind === 'http') return [];
  const written = hook.action.kind === 'exec' ? hook.action.argv.join(' ') : text;
  if (written === null) return [];
  return hasPlaceholders(subject) ? unknownYet(subject, namesIn(written)) : neverReplaced(written);
};

function unknownYet({ stage, request }: Subject, names: readonly string[]): readonly Remark[] {
  const isStrict = request.compatibility === 'strict';
  const unknown = names.filter((name) => isUnknownAt(name, stages[stage].successor, isStrict));
  const [first] = unknown;
  if (first === undefined) return [];
  const what = unknown.map((name) => `{${name}}`).join(', ');
  const is = unknown.length > 1 ? 'are' : 'is';
  return isStrict
    ? [
        remark(
          'warning',
          `${what} ${is} not known at this stage and ${unknown.length > 1 ? 'stay' : 'stays'} in the command as written, as with orchestrator.`,
        ),
      ]
    : [remark('note', `${what} ${is} not known at this stage and ${is} empty.`)];
}

/** Before a planned takeover orchestrator names the designated successor, and not where its binary log is. */
function isUnknownAt(
  name: string,
  successor: 'unknown' | 'designated' | 'known',
  isStrict: boolean,
): boolean {
  if (successor === 'designated') return isStrict && name === 'successorBinlogCoordinates';
  return successor === 'unknown' && successorNames.has(name);
}

/** What the arguments of PostTakeMasterProcesses hold: `host:port`, the successor's first (orchestrator 3.2.6, section 1.5). */
const argumentsOf: Readonly<Record<string, string>> = {
  successorHost: '1%:*',
  successorPort: '1##*:',
  failedHost: '2%:*',
  failedPort: '2##*:',
};

function neverReplaced(text: string): readonly Remark[] {
  const names = namesIn(text);
  if (names.length === 0) return [];
  const what = names.map((name) => `{${name}}`).join(', ');
  return [
    remark(
      'warning',
      `${what} ${names.length > 1 ? 'are' : 'is'} not replaced at this stage: the script gets the successor as $1 and the old primary as $2, both as host:port.`,
      withArguments(text),
    ),
  ];
}

/** Null where a placeholder is not in the arguments, or stands where they mean something else. */
function withArguments(text: string): string | null {
  const { places, problem } = readCommand(text, new Set(ordinaryValues.keys()));
  if (problem !== null || /\(\s*\)|\b(?:set|shift|function)\b/.test(text)) return null;
  const edits = places.map((place) => {
    const expansion = argumentsOf[place.name] ?? null;
    return readersOf(place).length > 0 ? null : referenceAt(text, place, expansion);
  });
  const sure = edits.filter((edit) => edit !== null);
  return sure.length === edits.length ? edited(text, sure.flat()) : null;
}
