import type { Config } from '../config/keys.ts';
import type { Teller } from '../engine/ports.ts';
import { auditOf } from '../telemetry/audit.ts';
import { listenOnNetwork } from './listen.ts';
import type { Served } from './routes.ts';
import { serveSocket } from './socket.ts';

/**
 * Answers whoever asks: the command line on the socket at `path`, and the network where the configuration says. Throws
 * `listen-failed`, and then nothing is open.
 */
export async function serve(
  served: Served,
  how: { config: Config; teller: Teller; path: string },
): Promise<{ close(): Promise<void> }> {
  const audit = auditOf(how.config, { teller: how.teller, now: Date.now });
  const socket = await serveSocket(served, how.path, audit);
  try {
    const network = await listenOnNetwork(served, { ...how, audit });
    return {
      async close() {
        await network?.close();
        await socket.close();
        await audit.settled();
      },
    };
  } catch (error) {
    await socket.close();
    throw error;
  }
}
