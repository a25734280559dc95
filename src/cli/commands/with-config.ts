import type { Command } from 'commander';

/** The words of a verb that reads a configuration and asks no controller. */
export interface ConfigWords {
  readonly config?: string;
  readonly json?: true;
}

export function withConfig(verb: Command): Command {
  return verb
    .option('--config <file>', 'read this file only, in place of the usual ones')
    .option('--json', 'answer in JSON');
}
