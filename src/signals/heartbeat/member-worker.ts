import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../kernel/errors.ts';
import { Member, type MemberPlan } from './member.ts';
import type { FromMember, ToMember } from './member-thread.ts';

/** The thread that speaks for a node: whatever the main loop does, no beat is missed. */
const tell = (told: FromMember) => parentPort?.postMessage(told);
const member = new Member(workerData as MemberPlan, (fact) => tell({ kind: 'fact', fact }));
/** The main loop says so often that it turns; when it does not, the node is not healthy. */
const hungMs = 2_000;
let turnedMs = performance.now();
const watching = setInterval(() => member.setWorking(performance.now() - turnedMs < hungMs), 200);

parentPort?.on('message', (word: ToMember) => {
  turnedMs = performance.now();
  if (word !== 'leave') return;
  clearInterval(watching);
  member.leave().then(
    () => parentPort?.close(),
    (error: unknown) => tell({ kind: 'failed', because: messageOf(error) }),
  );
});
member.start().then(
  () => tell({ kind: 'started' }),
  (error: unknown) => tell({ kind: 'failed', because: messageOf(error) }),
);
