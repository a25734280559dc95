import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type RecordedProcess, signalRecorded, untilGone } from '../../src/process/recorded-process.ts';
import { startServer } from '../../src/process/start-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A process that does nothing, for as long as the test lasts; it claims a data directory as a server does. */
export async function startBystander(): Promise<RecordedProcess & { readonly folder: string }> {
  const folder = await temporaryFolder();
  const argument = `--datadir=${join(folder, 'data')}`;
  const script = 'setInterval(() => {}, 60_000)';
  const pid = await startServer(process.execPath, ['-e', script, '--', argument], {
    logFile: join(folder, 'log'),
  });
  onTestFinished(async () => {
    signalRecorded({ pid, argument }, 'SIGKILL');
    await untilGone({ pid, argument }, 5_000);
  });
  return { pid, argument, folder };
}
