import { userInfo } from 'node:os';
import { Command } from 'commander';

/** The words of a verb that has the controller keep something. */
export interface Keeping {
  readonly why: string;
  readonly config?: string;
}

/** A verb that has the controller keep something, or let it go; scripts say such things, so that a reason is not asked for. */
export function keeping(name: string, does: string): Command {
  return new Command(name)
    .description(does)
    .option('--why <text>', 'why, for whoever reads it later', 'no reason given')
    .option('--config <file>', 'the configuration of the controller')
    .exitOverride();
}

/** A verb that shows what the controller keeps. */
export function showing(name: string, does: string): Command {
  return new Command(name)
    .description(does)
    .option('--config <file>', 'the configuration of the controller')
    .option('--json', 'answer in JSON')
    .exitOverride();
}

export interface Showing {
  readonly config?: string;
  readonly json?: true;
}

/** Who says it, and why. */
export function saidBy({ why }: Keeping): { by: string; why: string } {
  return { by: userInfo().username, why };
}

/** The path of an instance, a cluster or a pool, as a person names it. */
export function pathOf(kind: 'instances' | 'clusters' | 'pools', name: string): string {
  return `/baton/v1/${kind}/${encodeURIComponent(name)}`;
}
