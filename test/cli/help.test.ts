import { Command } from 'commander';
import { expect, it } from 'vitest';
import { markRequired } from '../../src/cli/help.ts';

it('help marks what a command cannot do without, also below another command', () => {
  const below = new Command('below').requiredOption('--why <text>', 'why').option('--json', 'in JSON');
  const program = new Command('program').addCommand(below);
  markRequired(program);
  expect(below.helpInformation()).toMatch(/--why <text> +why \(required\)/);
  expect(below.helpInformation()).toMatch(/--json +in JSON$/m);
});
