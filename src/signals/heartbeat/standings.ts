import type { HostSignal } from '../../analysis/host-signal.ts';
import { shown } from '../shown.ts';
import type { HeartbeatState } from './state-folder.ts';

type Standing = Pick<HostSignal, 'node' | 'says' | 'because'>;

/**
 * How the other nodes stand by what our own has heard. `lost` is all that silence says: the host may be dead, cut off, or have taken its
 * leave. One that beats over some of its links only is `faulty`. Pinged addresses are no hosts of servers.
 */
export function standingsIn({ node: own, members }: HeartbeatState): readonly Standing[] {
  return members
    .filter(({ node, kind }) => kind === 'normal' && node !== own)
    .map(({ node, state, links }): Standing => {
      const told = (says: HostSignal['says'], because: string) => ({ node, says, because: shown(because) });
      if (state === 'dead') return told('lost', `${node} beats on no link any more`);
      const silent = links.filter(({ up }) => !up).map(({ link }) => link);
      return silent.length > 0
        ? told('faulty', `${node} beats, and is not heard over ${silent.join(', ')}`)
        : told('up', `${node} beats on every link, and says ${state}`);
    });
}
