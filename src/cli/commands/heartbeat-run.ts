import { hostname } from 'node:os';
import { Command } from 'commander';
import { BatonError } from '../../kernel/errors.ts';
import type { MemberFact } from '../../signals/heartbeat/member.ts';
import { runMember } from '../../signals/heartbeat/member-thread.ts';
import { usualStateFolder } from '../../signals/heartbeat/state-folder.ts';
import { groupsOf, haConfOf, keysOf } from '../heartbeat/files.ts';
import type { Terminal } from '../terminal.ts';
import { untilToldToEnd } from '../vrrp/until-told.ts';

interface Words {
  readonly haCf: string;
  readonly authkeys: string;
  readonly haresources?: string;
  readonly node: string;
  readonly state: string;
  readonly json?: true;
}

/** `baton heartbeat run`. */
export function runCommand(terminal: Terminal): Command {
  return new Command('run')
    .description(
      'Join a Heartbeat cluster as one of its nodes, from the files of the real daemon. It holds no resources, and says so to a node that asks. SIGTERM: it leaves in good order.',
    )
    .option('--ha-cf <file>', 'its nodes, links and times', '/etc/ha.d/ha.cf')
    .option('--authkeys <file>', 'its keys', '/etc/ha.d/authkeys')
    .option('--haresources <file>', 'is read and judged; what it names is started by nobody here')
    .option('--node <name>', 'which node it is', hostname())
    .option('--state <folder>', 'what it keeps, for its next start and for baton cl-status', usualStateFolder)
    .option('--json', 'a line of JSON for each thing that happens')
    .exitOverride()
    .action(async (words: Words) => {
      const conf = haConfOf(words.haCf, terminal);
      const ring = keysOf(words.authkeys, terminal);
      if (words.haresources !== undefined)
        for (const { key } of groupsOf(words.haresources, conf, terminal))
          terminal.say(`haresources: ${key} is neither started nor stopped by Baton.`);
      const node = words.node.toLowerCase();
      if (!conf.nodes.includes(node))
        throw new BatonError(
          'heartbeat-unreadable',
          `${words.haCf} has no node ${node}; --node says which one this is.`,
        );
      if (conf.pings.length > 0)
        terminal.say(`ha.cf: warning: Baton does not ping; ${conf.pings.join(', ')} is left out.`);
      const show = (fact: MemberFact) => {
        terminal.print(
          words.json ? JSON.stringify({ at: new Date().toISOString(), ...fact }) : factText(fact),
        );
      };
      const stop = new AbortController();
      void untilToldToEnd().then(() => stop.abort());
      await runMember({ node, conf, ring, folder: words.state }, show, stop.signal);
    });
}

function factText(fact: MemberFact): string {
  switch (fact.act) {
    case 'node':
      return `${fact.node} is ${fact.state}: ${fact.because}.`;
    case 'link':
      return `The link ${fact.link} of ${fact.node} is ${fact.up ? 'up' : 'dead'}.`;
    case 'warn':
      return fact.sentence;
    case 'request':
      return `${fact.from} asked for ${fact.group} and was told that it does not run here.`;
  }
}
