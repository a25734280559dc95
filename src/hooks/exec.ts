import { readersIn } from './quoting/readers.ts';
import { isHarmless, type Values } from './quoting/substitute.ts';

/**
 * A program's arguments with the values in their places. There is no shell to protect them from; only
 * a program that reads an argument as a program of its own must not be given what comes from outside.
 */
export function fillArguments(
  argv: readonly string[],
  values: Values,
): { readonly argv: readonly string[] } | { readonly refused: string } {
  const [reader] = readersIn(argv);
  const filled: string[] = [];
  for (const argument of argv) {
    let text = '';
    for (const piece of argument.split(/(\{[A-Za-z]+\})/)) {
      const value = /^\{[A-Za-z]+\}$/.test(piece) ? values.get(piece.slice(1, -1)) : undefined;
      if (value?.text.includes('\0'))
        return { refused: `${piece} has a NUL byte, which no argument can hold` };
      if (value !== undefined && reader !== undefined && !isHarmless(value))
        return {
          refused: `${piece} is ${JSON.stringify(value.text)}, and ${reader.who} reads it as a program`,
        };
      text += value?.text ?? piece;
    }
    filled.push(text);
  }
  return { argv: filled };
}
