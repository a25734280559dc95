import { Command, Option } from 'commander';
import { newToken, tokenHash } from '../../config/api-token.ts';
import { tokenRoles } from '../../config/keys/api-tokens.ts';
import type { Terminal } from '../terminal.ts';

/** `baton token`: a new token of the API, and what the configuration keeps of it. */
export function tokenCommand(terminal: Terminal): Command {
  return new Command('token')
    .description('Make a token for the API. It is shown once; the configuration keeps its hash only.')
    .argument('<name>', 'who will have it, as the audit names them')
    .addOption(new Option('--role <role>', 'what they may do').choices(tokenRoles).makeOptionMandatory())
    .exitOverride()
    .action((name: string, { role }: { role: string }) => {
      const token = newToken();
      terminal.say(`Give ${name} this token, which is kept nowhere:`);
      terminal.print(token);
      terminal.say('Put this into ApiTokens of the configuration and start the controller anew:');
      terminal.say(JSON.stringify({ Name: name, Role: role, Hash: tokenHash(token) }));
    });
}
