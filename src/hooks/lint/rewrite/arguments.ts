import { readCommand } from '../../quoting/read-command.ts';
import type { Values } from '../../quoting/substitute.ts';
import { literalOf, quoted } from './literal.ts';
import { rewriteSafely } from './rewrite.ts';

/** The same for a program and its arguments, as JSON; null also where it would take a shell to say it. */
export function rewriteArguments(argv: readonly string[], values: Values): string | null {
  const rewritten = rewriteSafely(argv.map(quoted).join(' '), values);
  if (rewritten === null) return null;
  const { commands } = readCommand(rewritten, new Set(values.keys()));
  const [command] = commands;
  if (command === undefined || commands.length > 1) return null;
  const literals = command.words.map(({ raw }) => literalOf(raw)).filter((word) => word !== null);
  return literals.length === argv.length ? JSON.stringify(literals) : null;
}
