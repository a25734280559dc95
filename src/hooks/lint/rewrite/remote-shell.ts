import { type Rewriting, variablesIn } from './call.ts';
import { quoted } from './literal.ts';
import { joinedFrom } from './shell-programs.ts';

/** Options of OpenSSH's client that take a value. */
const valued = /^-[BbcDEeFIiJLlmOopQRSWw]$/;

/**
 * `ssh HOST COMMAND`: the value goes through standard input, where no shell reads it. The point behind it
 * keeps `$(…)` from dropping line breaks at its end.
 */
export const remoteRewriting: Rewriting = (call) => {
  const { command, literals, at, values } = call;
  const start = commandOf(literals, at);
  const remote = start === null ? null : joinedFrom(call, start);
  const [first] = command.words.slice(start ?? literals.length);
  const last = command.words.at(-1);
  if (remote === null || first === undefined || last === undefined || command.hasInput) return null;
  const variables = variablesIn(remote, values);
  const [variable] = variables ?? [];
  const rewritten = call.rewriteProgram(remote, values);
  if (rewritten === null || variable === undefined || variables?.length !== 1) return null;
  const program = `${variable}=$(cat); export ${variable}="\${${variable}%.}"; ${rewritten}`;
  return [
    { from: command.from, to: command.from, text: `printf '%s.' "$${variable}" | ` },
    { from: first.from, to: last.from + last.raw.length, text: quoted(program) },
  ];
};

/** Which word begins the remote command; null where that is not certain, or ssh does not read its input. */
function commandOf(literals: readonly (string | null)[], at: number): number | null {
  let index = at + 1;
  for (; literals[index]?.startsWith('-'); index += valued.test(literals[index] ?? '') ? 2 : 1) {
    if (
      /^-[A-Za-z0-9]*[nfN]/.test(literals[index] ?? '') &&
      !/^-[BbcDEeFIiJLlmOopQRSWw]/.test(literals[index] ?? '')
    )
      return null;
  }
  const known = literals.slice(at, index + 1).every((word) => word !== null);
  return known ? index + 1 : null;
}
