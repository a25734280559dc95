import { messageOf } from '../kernel/errors.ts';
import { StageTime } from './stage-time.ts';
import { takeTurn, type Turn } from './turn.ts';

/**
 * Waits only until the hook is on its way. What comes of it is recorded when it comes, be it after the
 * end of the run. Its signal is that of a controller that stops: leaving the state that started it is no
 * reason to end it. One that an earlier life of
 * the controller left behind is `followLeftBehind`'s.
 */
export async function leaveBehind(turn: Omit<Turn, 'onItsWay'>): Promise<void> {
  const { stage, index, ledger, teller } = turn;
  if (ledger.runs(stage, index).length > 0) return;
  const earlier = Promise.all([turn.earlier, ledger.leftBehind(stage, index)]);
  const { signal } = turn;
  return new Promise((resolve, reject) => {
    let isAway = false;
    const onItsWay = () => {
      isAway = true;
      resolve();
    };
    takeTurn({ ...turn, earlier, onItsWay })
      .then(({ onRecord }) => onRecord)
      .then(() => ledger.settled(stage, index))
      .then(onItsWay, (error: unknown) => {
        if (!isAway) return reject(error);
        if (signal.aborted) return;
        const because = `${stage} hook ${index + 1}: what came of it cannot be recorded: ${messageOf(error)}`;
        teller.warn(because, { stage });
      });
  });
}

/** What the port Hooks promises under this name. */
export async function followLeftBehind(
  of: Pick<Turn, 'stage' | 'index' | 'ledger' | 'runner' | 'clock' | 'teller' | 'signal'>,
): Promise<void> {
  const { stage, index, ledger, clock } = of;
  const hooks = ledger.frozen(stage);
  const hook = hooks?.[index];
  if (hooks !== null && hook !== undefined && ledger.runs(stage, index).length > 0) {
    const time = new StageTime(clock, Number.POSITIVE_INFINITY);
    const turn = { ...of, of: hooks.length, hook, time, earlier: Promise.resolve(), onItsWay: () => {} };
    await (await takeTurn(turn)).onRecord;
  }
  await ledger.settled(stage, index);
}
