import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { dirname } from 'node:path';
import { addressIn, isLoopback } from '../../config/listen-address.ts';
import type { Config } from '../../config/keys.ts';
import { etcdOf } from '../../controller/etcd-of-config.ts';
import { messageOf } from '../../kernel/errors.ts';
import { type Chapter, doubtful, type Trouble, wrong } from './chapter.ts';

/** Where the API listens, who may use it there, and how long its certificate holds. */
export function listeningChapter(config: Config): Chapter {
  const { ListenAddress, ListenSocket } = config;
  const where = ListenSocket === '' ? ListenAddress || '127.0.0.1:3000' : ListenSocket;
  const address = ListenSocket === '' ? addressIn(where) : null;
  const isReached = address !== null && !isLoopback(address.host);
  const open = isReached && !asksWho(config);
  const text = `whoever reaches ${where} may do everything, failovers included: nobody has to sign in`;
  const fix = 'set AuthenticationMethod or ApiTokens, or give ListenAddress a 127.0.0.1';
  const troubles = [...(open ? [doubtful(text, fix)] : []), ...certificateTroubles(config)];
  return { title: 'API', found: `${where}${asksWho(config) ? ', who asks must sign in' : ''}`, troubles };
}

function asksWho(config: Config): boolean {
  const { AuthenticationMethod, ApiTokens, UseMutualTLS, ReadOnly } = config;
  return (
    !['', 'none'].includes(AuthenticationMethod) ||
    ApiTokens.length > 0 ||
    (config.UseSSL && UseMutualTLS) ||
    ReadOnly
  );
}

const soonMs = 14 * 86_400_000;

function certificateTroubles({ UseSSL, SSLCertFile }: Config): readonly Trouble[] {
  if (!UseSSL) return [];
  try {
    const { validTo } = new X509Certificate(readFileSync(SSLCertFile));
    const left = Date.parse(validTo) - Date.now();
    if (left > soonMs) return [];
    const fix = 'renew it, and start the controller anew';
    return [
      left <= 0
        ? wrong(`the certificate in ${SSLCertFile} ended on ${validTo}`, fix)
        : doubtful(`the certificate in ${SSLCertFile} ends on ${validTo}`, fix),
    ];
  } catch (error) {
    return [wrong(`SSLCertFile names ${SSLCertFile}, which cannot be used: ${messageOf(error)}`)];
  }
}

/** Below this a journal, and what is rescued of a dead primary, may find no room. */
const leastFreeBytes = 1024 ** 3;

/** The state file, and the room around it. */
export function journalChapter({ StateFile }: Config): Chapter {
  const folder = dirname(StateFile);
  const troubles: Trouble[] = [];
  const title = 'Journal';
  if (!existsSync(folder))
    return {
      title,
      found: StateFile,
      troubles: [wrong(`${folder}, where StateFile is to lie, does not exist`, `mkdir -p ${folder}`)],
    };
  for (const path of [folder, ...(existsSync(StateFile) ? [StateFile] : [])])
    try {
      accessSync(path, constants.W_OK);
    } catch {
      troubles.push(
        wrong(
          `${path} may not be written by whoever runs this`,
          'run this as the user of the controller; else chown it to that user',
        ),
      );
    }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const gigabytes = (free / 1024 ** 3).toFixed(1);
  if (free < leastFreeBytes)
    troubles.push(
      doubtful(
        `${gigabytes} GB are free in ${folder}`,
        'make room: a full disk ends what is written before it is done',
      ),
    );
  return { title, found: `${StateFile}, ${gigabytes} GB free`, troubles };
}

/** Whether the etcd answers by which controllers agree; null where they do not. */
export async function coordinationChapter(config: Config): Promise<Chapter | null> {
  const { Coordination } = config;
  if (Coordination.Kind !== 'etcd') return null;
  const title = 'etcd';
  try {
    const etcd = await etcdOf(config, Coordination);
    try {
      const { pairs } = await etcd.read({ key: `${Coordination.Prefix}leader` });
      const found = `answers at ${Coordination.Endpoints.join(', ')}; ${pairs.length === 0 ? 'nobody leads' : 'somebody leads'}`;
      return { title, found, troubles: [] };
    } finally {
      etcd.close();
    }
  } catch (error) {
    return {
      title,
      found: '',
      troubles: [wrong(messageOf(error), 'see that it runs, and Coordination and CoordinationPassword')],
    };
  }
}
