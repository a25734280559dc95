import type { Command } from 'commander';
import type { TaggedInstance } from '../../controller/kept/tags.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { type Keeping, keeping, pathOf, saidBy, type Showing, showing } from './keeping.ts';

/** `baton tag`, `untag`, `untag-all` and `tags`: names and values that people give to instances. */
export function tagCommands(terminal: Terminal, leave: Leave): readonly Command[] {
  return [tag(terminal), untag(terminal, leave), untagAll(terminal, leave), tags(terminal, leave)];
}

function tag(terminal: Terminal): Command {
  return keeping('tag', 'Tag an instance, as name or name=value.')
    .argument('<instance>', 'host:port')
    .argument('<tag>', 'name or name=value; a value that there was is replaced')
    .action(async (instance: string, text: string, words: Keeping) => {
      const daemon = await daemonOf(words.config);
      const path = `${pathOf('instances', instance)}/tags`;
      const kept = (await daemon.post(path, { ...saidBy(words), tag: text })) as readonly string[];
      terminal.say(`${instance} is tagged ${kept.join(', ')}.`);
    });
}

function untag(terminal: Terminal, leave: Leave): Command {
  return keeping('untag', 'Take a tag off an instance: exit 1 where it has none such.')
    .argument('<instance>', 'host:port')
    .argument('<tag>', 'name; or name=value, where it has that value')
    .action(async (instance: string, text: string, words: Keeping) => {
      const daemon = await daemonOf(words.config);
      const path = `${pathOf('instances', instance)}/tags/remove`;
      const { untagged } = (await daemon.post(path, { ...saidBy(words), tag: text })) as Untagged;
      if (untagged.length === 0) terminal.say(`${instance} has no tag ${text}.`);
      else terminal.print(untagged.join('\n'));
      leave(untagged.length === 0 ? 1 : 0);
    });
}

function untagAll(terminal: Terminal, leave: Leave): Command {
  return keeping('untag-all', 'Take a tag off whoever has it: exit 1 where nobody has.')
    .argument('<tag>', 'name=value')
    .action(async (text: string, words: Keeping) => {
      const daemon = await daemonOf(words.config);
      const { untagged } = (await daemon.post('/baton/v1/tags/remove', {
        ...saidBy(words),
        tag: text,
      })) as Untagged;
      if (untagged.length === 0) terminal.say(`Nobody has the tag ${text}.`);
      else terminal.print(untagged.join('\n'));
      leave(untagged.length === 0 ? 1 : 0);
    });
}

function tags(terminal: Terminal, leave: Leave): Command {
  return showing('tags', 'List tagged instances with their tags: exit 1 where there is none.')
    .argument(
      '[expression]',
      'only those of which it holds: name, name=value, ~name, ~name=value, or several with commas between them',
    )
    .action(async (expression: string | undefined, { config, json }: Showing) => {
      const daemon = await daemonOf(config);
      const wanted = expression === undefined ? '' : `?tag=${encodeURIComponent(expression)}`;
      const tagged = (await daemon.get(`/baton/v1/tags${wanted}`)) as readonly TaggedInstance[];
      if (json) terminal.print(JSON.stringify(tagged, null, 2));
      else if (tagged.length === 0) terminal.say('No instance is tagged so.');
      else terminal.print(tagged.map((one) => `${one.instance}  ${one.tags.join(', ')}`).join('\n'));
      leave(tagged.length === 0 ? 1 : 0);
    });
}

interface Untagged {
  readonly untagged: readonly string[];
}
