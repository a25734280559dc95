import { Command } from 'commander';
import { planOfConf, type Told } from '../../protocols/keepalived/index.ts';
import { Shadow } from '../../protocols/keepalived/watch/shadow.ts';
import { type DumpedInstance, readStateDump } from '../../signals/keepalived/state-dump.ts';
import { type Heard, readFifo } from '../../signals/keepalived/fifo.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { confOf } from '../vrrp/files.ts';
import { untilToldToEnd } from '../vrrp/until-told.ts';

interface Words {
  readonly conf?: string;
  readonly id: string;
  readonly pid?: string;
  readonly dump: string;
  readonly json?: true;
}

/** `baton vrrp watch FIFO`. */
export function watchCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('watch')
    .description(
      'Tell what a real keepalived says of its states, and what of it its configuration does not explain.',
    )
    .argument(
      '<fifo>',
      'its vrrp_notify_fifo, made with mkfifo before keepalived starts; nobody else may read it',
    )
    .option('--conf <file>', 'its keepalived.conf: what does not follow from it is told as a drift')
    .option('--id <id>', 'whose lines with @id are meant (keepalived -i)', '')
    .option('--pid <file>', 'its vrrp pid file: ask it at the start how its instances stand')
    .option('--dump <file>', 'where it writes that', '/tmp/keepalived.json')
    .option('--json', 'a line of JSON for each')
    .exitOverride()
    .action(async (fifo: string, words: Words) => {
      await watch(fifo, words, terminal, leave);
    });
}

async function watch(fifo: string, words: Words, terminal: Terminal, leave: Leave): Promise<void> {
  const { conf, id, json } = words;
  const plan = conf === undefined ? null : planOfConf(confOf(conf, id), { id, profile: '2.x', address: 0 });
  const shadow = plan === null ? null : new Shadow(plan);
  const show = (line: object, text: string) => {
    terminal.print(json ? JSON.stringify({ at: new Date().toISOString(), ...line }) : text);
  };
  const hear = (heard: Heard): void => {
    if (heard.type !== 'told') {
      show(
        heard,
        heard.type === 'reopened' ? 'The FIFO was made anew.' : `Not a line of keepalived: ${heard.line}`,
      );
      return;
    }
    const drift = shadow?.hear(heard.told, performance.now()) ?? null;
    show({ ...heard.told, drift }, sentenceOf(heard.told));
    if (drift !== null) {
      terminal.say(`baton: drift: ${drift}`);
      leave(1);
    }
  };
  const reader = await readFifo(fifo, hear);
  try {
    if (words.pid !== undefined)
      for (const one of await readStateDump(words.pid, words.dump)) show(one, standing(one));
    await untilToldToEnd();
  } finally {
    reader.close();
  }
}

function sentenceOf({ kind, name, state, priority }: Told): string {
  return `${kind === 'GROUP' ? 'group' : 'instance'} ${name}: ${state}${kind === 'GROUP' ? '' : `, priority ${priority}`}`;
}

function standing({ name, state, priority }: DumpedInstance): string {
  return `instance ${name} stands: ${state}, priority ${priority}`;
}
