import { chmod, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import { notifyStub } from '../../signals/keepalived/notify-stub.ts';
import type { Terminal } from '../terminal.ts';

/** `baton vrrp notify FILE --fifo FIFO`. */
export function notifyCommand(terminal: Terminal): Command {
  return new Command('notify')
    .description(
      'Write the program that a keepalived without vrrp_notify_fifo (before 1.3.6) calls as notify.',
    )
    .argument('<file>', 'where to, such as /usr/local/lib/baton-vrrp-notify; what is there is replaced')
    .requiredOption('--fifo <file>', 'the FIFO that baton vrrp watch reads')
    .exitOverride()
    .action(async (written: string, words: { readonly fifo: string }) => {
      const [file, fifo] = [resolve(written), resolve(words.fifo)];
      try {
        await writeFile(file, notifyStub(fifo));
        await chmod(file, 0o755);
      } catch (error) {
        throw new BatonError('usage', `The program cannot be written: ${messageOf(error)}`, { cause: error });
      }
      terminal.print(file);
      terminal.say(
        `Make the FIFO, then name the program in keepalived.conf:\n  mkfifo -m 600 ${fifo}\n  notify ${file}`,
      );
    });
}
