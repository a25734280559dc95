import { hasSucceeded } from '../../../workflows/acting.ts';
import type { RecoveryStoryReport } from '../../controller/reports.ts';
import { told } from '../../engine/telling.ts';
import type { Daemon } from '../daemon.ts';
import type { Terminal } from '../terminal.ts';

const lookAgainMs = 100;

/**
 * Asks for something and says what happens as it happens, until it ends. What is printed is the new primary, as
 * orchestrator's commands do. Answers the exit code: 1 where the cluster has no other primary because of it.
 */
export async function followRun(
  daemon: Daemon,
  terminal: Terminal,
  { path, wish, json }: { path: string; wish: object; json: boolean },
): Promise<0 | 1> {
  const { uid } = (await daemon.post(path, wish)) as { uid: string };
  const story = await untilItEnds(daemon, terminal, { uid, isQuiet: json });
  const { recovery } = story;
  if (json) terminal.print(JSON.stringify(story, null, 2));
  else if (recovery.successor !== null) terminal.print(recovery.successor);
  else terminal.say(recovery.reason ?? recovery.sentence);
  return hasSucceeded(recovery.state) ? 0 : 1;
}

/** Says what happens in a run, from its beginning or from now on, until it ends. */
export async function untilItEnds(
  daemon: Daemon,
  terminal: Terminal,
  { uid, isQuiet, since = 0 }: { uid: string; isQuiet: boolean; since?: number },
): Promise<RecoveryStoryReport> {
  let said = since;
  while (true) {
    const story = (await daemon.get(
      `/baton/v1/recoveries/${encodeURIComponent(uid)}`,
    )) as RecoveryStoryReport;
    const { recovery, records } = story;
    const news = records.slice(said).flatMap((record) => told(record, records) ?? []);
    if (!isQuiet) for (const line of news) terminal.say(line);
    said = records.length;
    if (recovery.endedAt !== null) return story;
    await new Promise((resume) => setTimeout(resume, lookAgainMs));
  }
}
