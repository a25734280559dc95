import type { AnyStateMachine, AnyStateNode } from 'xstate';

/**
 * A machine as a Mermaid state diagram, states within states and all. The drawing is made from the
 * machine, never by hand; docs/workflows keeps it, so that a change of a machine is seen as a picture.
 */
export function toMermaid(machine: AnyStateMachine): string {
  const lines = ['stateDiagram-v2', ...inside(machine.root, arrowsOf(machine.root)).map(indented)];
  return `${lines.join('\n')}\n`;
}

interface Arrow {
  readonly from: AnyStateNode;
  readonly to: AnyStateNode;
  readonly words: string[];
}

/** What stands between the braces of a state: its beginning, its states, and the arrows among them. */
function inside(parent: AnyStateNode, arrows: readonly Arrow[]): string[] {
  const begin = parent.initial.target?.map((state) => `[*] --> ${idOf(state)}`) ?? [];
  const states = Object.values(parent.states).flatMap((state) => stateLines(state, arrows));
  const among = arrows.filter(({ from, to }) => closestAround(from, to) === parent);
  return [...begin, ...states, ...among.map(arrowLine)];
}

function stateLines(state: AnyStateNode, arrows: readonly Arrow[]): string[] {
  const words = `${state.key}<br/>${spelled(state.description ?? '')}`;
  if (state.type === 'final') return [`${idOf(state)}: ${words}`, `${idOf(state)} --> [*]`];
  if (Object.keys(state.states).length === 0) return [`${idOf(state)}: ${words}`];
  return [`state "${words}" as ${idOf(state)} {`, ...inside(state, arrows).map(indented), '}'];
}

/** One arrow for each two states, however many events lead from the one to the other. */
function arrowsOf(root: AnyStateNode): readonly Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const from of descendants(root)) {
    for (const [event, transitions] of [...from.transitions, ['at once', from.always ?? []] as const]) {
      for (const to of transitions.flatMap(({ target }) => target ?? [])) {
        const key = `${idOf(from)} ${idOf(to)}`;
        const arrow = arrows.get(key) ?? { from, to, words: [] };
        arrows.set(key, arrow);
        if (!arrow.words.includes(spoken(event))) arrow.words.push(spoken(event));
      }
    }
  }
  return [...arrows.values()];
}

function arrowLine({ from, to, words }: Arrow): string {
  return `${idOf(from)} --> ${idOf(to)}: ${spelled(words.join(', '))}`;
}

function descendants(state: AnyStateNode): AnyStateNode[] {
  return Object.values(state.states).flatMap((child) => [child, ...descendants(child)]);
}

/** The innermost state that has both within it. */
function closestAround(a: AnyStateNode, b: AnyStateNode): AnyStateNode | undefined {
  const around = new Set(ancestors(a));
  return ancestors(b).find((state) => around.has(state));
}

function ancestors({ parent }: AnyStateNode): AnyStateNode[] {
  return parent === undefined ? [] : [parent, ...ancestors(parent)];
}

/** Unique in the diagram, where names of states need not be. */
function idOf(state: AnyStateNode): string {
  return state.path.join('_');
}

/** `xstate.done.actor.confirm` is `confirm`; its failure is `confirm fails`; an end of inner states is `done`. */
function spoken(event: string): string {
  return event
    .replace(/^xstate\.done\.actor\./, '')
    .replace(/^xstate\.error\.actor\.(.*)$/, '$1 fails')
    .replace(/^xstate\.done\.state\..*$/, 'done')
    .replace(/^xstate\.after\.([^.]*)\..*$/, 'after $1');
}

/** Mermaid ends a text at a colon or a semicolon, and takes quotes and # for its own. */
function spelled(text: string): string {
  return text.replace(/[:;"#]/g, (sign) => `#${sign.charCodeAt(0)};`);
}

function indented(line: string): string {
  return `  ${line}`;
}
