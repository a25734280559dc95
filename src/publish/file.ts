import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Publisher } from '../engine/ports.ts';
import { InstanceKey } from '../kernel/instance-key.ts';
import type { Cluster } from '../topology/cluster.ts';
import { documentOf } from './document.ts';
import { writeWhole } from './whole-file.ts';

const Written = z.object({ primary: InstanceKey.nullable() });

/** Keeps a file of JSON for each cluster, named for its alias; whoever reads it finds the old one or the new one, whole. */
export function filePublisher(directory: string): Publisher {
  const fileOf = ({ alias }: Cluster) => join(directory, `${encodeURIComponent(alias)}.json`);

  async function write(cluster: Cluster, primary: InstanceKey | null): Promise<void> {
    await mkdir(directory, { recursive: true });
    await writeWhole(fileOf(cluster), `${JSON.stringify(documentOf(cluster, primary), null, 2)}\n`);
  }

  return {
    publish: write,
    withdraw: (cluster) => write(cluster, null),
    async published(cluster) {
      const text = await readFile(fileOf(cluster), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (text === null) return [null];
      return [readJson(text)];
    },
    async preview(cluster, primary) {
      return [`${fileOf(cluster)}: ${JSON.stringify(documentOf(cluster, primary))}`];
    },
  };
}

/** What somebody else has spoiled is not known, and is written again. */
function readJson(text: string) {
  try {
    return Written.parse(JSON.parse(text)).primary;
  } catch {
    return 'unknown';
  }
}
