import { messageOf } from '../kernel/errors.ts';
import { deaths } from './deaths.ts';
import { Narrator } from './narrator.ts';

/** What a story needs of the real world: resolves when nothing more will run by itself. */
export interface Telling {
  readonly breathe: () => Promise<void>;
}

/**
 * Plays a story: paragraphs of commands, each followed by `----` and by what was seen. The answers in
 * the text are thrown away and written anew, so a story is its own expectation. A paragraph that begins
 * with `each death` is a story within the story, played once for every record that the controller may
 * die after.
 */
export async function retell(text: string, { breathe }: Telling): Promise<string> {
  const narrator = new Narrator(breathe);
  const told: string[] = [];
  for (const { comments, commands } of paragraphsOf(text)) {
    const answers: string[] = [];
    if (commands[0] === 'each death') answers.push(...(await deaths(commands.slice(1), breathe)));
    else for (const command of commands) answers.push(...(await obeyed(narrator, command)));
    told.push([...comments, ...commands, ...(commands.length > 0 ? ['----', ...answers] : [])].join('\n'));
  }
  return `${told.join('\n\n')}\n`;
}

/** What a story says, without what it was answered. */
export function paragraphsOf(text: string): readonly { comments: string[]; commands: string[] }[] {
  return text
    .trimEnd()
    .split(/\n{2,}/)
    .map(read);
}

function read(paragraph: string): { comments: string[]; commands: string[] } {
  const lines = paragraph.split('\n');
  const end = lines.indexOf('----');
  const said = end < 0 ? lines : lines.slice(0, end);
  return {
    comments: said.filter((line) => line.startsWith('#')),
    commands: said.filter((line) => !line.startsWith('#') && line.trim() !== ''),
  };
}

async function obeyed(narrator: Narrator, command: string): Promise<readonly string[]> {
  try {
    return await narrator.obey(command);
  } catch (error) {
    return [`cannot be done: ${messageOf(error)}`];
  }
}
