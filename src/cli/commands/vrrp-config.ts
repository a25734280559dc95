import { Command, InvalidArgumentError } from 'commander';
import { configText, leaseScript } from '../../protocols/keepalived/config-text.ts';
import type { Terminal } from '../terminal.ts';

interface Words {
  readonly instance: string;
  readonly interface: string;
  readonly routerId: number;
  readonly priority: number;
  readonly advert: number;
  readonly address: string;
  readonly role: string;
  readonly fifo: string;
  readonly lease?: string;
  readonly leaseScript: string;
  readonly leaseSeconds: number;
}

/** `baton vrrp config`: what to paste. */
export function configCommand(terminal: Terminal): Command {
  const command = new Command('config')
    .description('Write a keepalived.conf by which an address follows the primary.')
    .requiredOption('--interface <name>', 'the interface that carries the address', word)
    .requiredOption('--address <address/prefix>', 'the address, as 10.0.0.100/24', word)
    .option('--instance <name>', 'what the VRRP instance is called', word, 'VI_MYSQL')
    .option('--router-id <number>', 'the virtual_router_id, 1 to 255', between(1, 255), 51)
    .option('--priority <number>', 'the same on all servers, unless one is preferred', between(1, 254), 100)
    .option('--advert <seconds>', 'how often the holder says that it is there', between(0.01, 255), 0.1)
    .option('--role <file>', 'the tracked file; name it in Publish too', word, '/run/baton/role')
    .option('--fifo <file>', 'for baton vrrp watch', word, '/run/baton/vrrp.fifo')
    .option('--lease <file>', 'give the address up by itself when this file’s time is too old', word)
    .option('--lease-seconds <number>', 'how old it may be', between(1, 3_600), 3)
    .option('--lease-script <file>', 'where --print-lease-script was put', word, '/usr/local/lib/baton-lease')
    .option('--print-lease-script', 'write the program of the lease instead')
    .exitOverride();
  return command.action((words: Words & { readonly printLeaseScript?: true }) => {
    if (words.printLeaseScript) terminal.print(leaseScript.trimEnd());
    else terminal.print(textOf(words).trimEnd());
  });
}

function textOf(words: Words): string {
  const { lease, role, advert, leaseScript: script, leaseSeconds: seconds } = words;
  return configText({
    ...words,
    roleFile: role,
    advertSeconds: advert,
    lease: lease === undefined ? null : { script, file: lease, seconds },
  });
}

/** What keepalived’s grammar would take for something else is none. */
function word(text: string): string {
  if (/^[^\s"'{}#!$\\@~]+$/.test(text)) return text;
  throw new InvalidArgumentError('It may have no blanks, quotes, braces or signs of keepalived’s grammar.');
}

function between(from: number, to: number) {
  return (text: string): number => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    const isWhole = from < 1 || Number.isInteger(value);
    if (value >= from && value <= to && isWhole) return value;
    throw new InvalidArgumentError(`It wants a number from ${from} to ${to}.`);
  };
}
