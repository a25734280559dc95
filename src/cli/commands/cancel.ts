import type { Command } from 'commander';
import { isActing } from '../../../workflows/acting.ts';
import type { Cancelled } from '../../controller/requests/open-run-meant.ts';
import { asSentence } from '../../engine/telling.ts';
import { shortUid } from '../../kernel/uid.ts';
import { daemonOf } from '../daemon.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { untilItEnds } from './follow-run.ts';
import { asSaid, type Saying, saying } from './saying.ts';

/**
 * `baton cancel [WHAT]`: stops a recovery, a takeover or another change of a cluster and has what it has changed put
 * back. Exits 0 when it has stopped, 1 when it is too late, or a takeover could not put everything back.
 */
export function cancelCommand(terminal: Terminal, leave: Leave): Command {
  return saying(
    'cancel',
    'Stop a recovery, a takeover or another change of a cluster, and put back what it has changed.',
  )
    .argument('[what]', 'its uid, or its cluster; not needed where only one goes on')
    .action(async (what: string | undefined, words: Saying) => {
      const daemon = await daemonOf(words.config);
      const wish = { what: what ?? null, ...asSaid(words) };
      const { uid, workflow, sentence, records } = (await daemon.post('/baton/v1/cancel', wish)) as Cancelled;
      terminal.say(`${workflow} ${shortUid(uid)} is cancelled. ${sentence}`);
      if (!isActing(workflow)) return leave(0);
      const { recovery } = await untilItEnds(daemon, terminal, { uid, isQuiet: false, since: records });
      const { sentence: end, reason } = recovery;
      terminal.print(reason === null ? end : `${end} ${asSentence(reason)}`);
      leave(recovery.state === 'cancelled' || recovery.state === 'putBack' ? 0 : 1);
    });
}
