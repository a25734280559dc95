import { type Command, Help, type Option } from 'commander';

/** Marks, in the help of a command and of all below it, each option without which the command does nothing. */
export function markRequired(command: Command): void {
  command.configureHelp({ optionDescription });
  for (const below of command.commands) markRequired(below);
}

function optionDescription(option: Option): string {
  const described = new Help().optionDescription(option);
  return option.mandatory ? `${described} (required)` : described;
}
