import { userInfo } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';

/** The words of every verb by which a person tells a controller something. */
export interface Saying {
  readonly why: string;
  readonly config?: string;
}

/** A verb that says something and needs a reason, for whoever reads it later. */
export function saying(name: string, does: string): Command {
  return new Command(name)
    .description(does)
    .requiredOption('--why <text>', 'why, for whoever reads it later', readReason)
    .option('--config <file>', 'the configuration of the controller')
    .exitOverride();
}

/** Who says it, and why, as the controller wants to hear it. */
export function asSaid({ why }: Saying): { by: string; why: string } {
  return { by: userInfo().username, why };
}

function readReason(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Say in a few words why.');
}
