import type { Command } from 'commander';
import type { TakeoverPreview } from '../../controller/requests/failover-preview.ts';
import { daemonOf } from '../daemon.ts';
import { previewText } from '../preview-text.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { pathOf, type Showing, showing } from './keeping.ts';

/** `baton rehearse CLUSTER`: a failover on pretended servers that stand as the real ones do. Exits 1 where nobody would be promoted. */
export function rehearseCommand(terminal: Terminal, leave: Leave): Command {
  return showing(
    'rehearse',
    'Say what would be done if the primary died now, with each statement; nothing is touched: exit 1 nobody leads then.',
  )
    .argument('<cluster>', 'an alias, a name, any instance, or the beginning of an id')
    .action(async (cluster: string, { config, json }: Showing) => {
      const daemon = await daemonOf(config);
      const preview = (await daemon.post(`${pathOf('clusters', cluster)}/rehearse`, {})) as TakeoverPreview;
      terminal.print(json ? JSON.stringify(preview, null, 2) : previewText(preview, terminal));
      leave(preview.successor === null ? 1 : 0);
    });
}
