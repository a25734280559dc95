import { paragraphsOf } from '../story.ts';

/** What is to be played: what it is about, and the commands of a story one after another. */
export interface Script {
  /** What it is asked for by. */
  readonly name: string;
  /** One or two sentences: the story's own first comment. */
  readonly title: string;
  readonly commands: readonly string[];
}

/** A story as it is played on a stage; what is told of it in the text is left out, and so is what is played over and over. */
export function scriptOf(name: string, text: string): Script {
  const paragraphs = paragraphsOf(text);
  const [first] = paragraphs;
  const title = (first?.comments ?? []).map((line) => line.replace(/^#\s*/, '')).join(' ');
  const played = paragraphs.filter(({ commands }) => commands[0] !== 'each death');
  return {
    name,
    title: title === '' ? name : title,
    commands: played.flatMap(({ commands }) => commands),
  };
}
