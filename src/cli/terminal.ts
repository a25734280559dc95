/**
 * What a verb may do with the person's terminal. `print` is the answer and the only thing on standard
 * output; `say` is progress and sentences, on standard error.
 */
export interface Terminal {
  print(text: string): void;
  say(text: string): void;
  readonly colours: boolean;
}

/** 0 done or nothing wrong, 1 findings or refusal, 2 wrong usage or configuration, 3 could not reach; 11 and 13 are those of cl_status. */
export type ExitCode = 0 | 1 | 2 | 3 | 11 | 13;

/** Puts a verb's exit code where the process leaves with it. */
export type Leave = (code: ExitCode) => void;

const esc = String.fromCharCode(27);
const command = new RegExp(`${esc}(?!\\[[0-9;]*m)|(?![\\n\\t${esc}])\\p{Cc}`, 'gu');

/** Names, hooks and people may say what moves a terminal's cursor or types on it; only line ends, tabs and colours pass. */
export function withoutCommands(text: string): string {
  return text.replace(command, '�');
}
