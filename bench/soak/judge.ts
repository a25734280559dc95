import { ordersOn, type Writer } from '../../src/cli/demo/writer.ts';
import type { InstanceKey } from '../../src/kernel/instance-key.ts';
import type { MemberStatus } from '../../src/sandbox/status.ts';
import { endsOf, type Played } from './cell.ts';
import type { Happened } from './controller.ts';
import { toldOf, unexplainedHold } from './explained.ts';
import { kinds } from './kinds.ts';
import { asker } from './kinds/kind.ts';
import { comesTrue } from './patience.ts';
import { isByBaton, type Opened, overlapsOf, type Sample, spellsOf } from './spells.ts';
import { rejoin } from './rejoin.ts';
import type { Stage } from './stage.ts';

/** What came of a cell. */
export interface Verdict {
  readonly end: string | null;
  /** Whether its moment came; true where there was none to wait for. */
  readonly struck: boolean;
  readonly acknowledged: number;
  /** Why it came to nothing, in Baton's words, the servers by their number; empty where it came to something. */
  readonly because: string;
  /** Milliseconds for which the old primary took writes after it had come back; null where it did not, or nobody can say. */
  readonly returnedMs: number | null;
  /** A sentence for each promise that was not kept. */
  readonly wrong: readonly string[];
}

const settlesWithinMs = 20_000;
/** The probe interval of these cells, and what it may take to hear and to act. */
const fencedWithinMs = 1_000 + 200;
/** A process that is not run for longer than this has no machine to keep times on. */
const standsStillForMs = 200;

/** Holds what was seen against what Baton promises, whatever became of the run. */
export async function judged(played: Played): Promise<Verdict> {
  const { cell, end, struck, writer, checker } = played;
  const kind = kinds[cell.kind];
  const wrong: string[] = [];
  if (end === null) wrong.push(`no ${kind.workflow.name} ended, and nothing has happened for two minutes`);
  else if (!endsOf(cell).includes(end.state)) wrong.push(`it ended as ${end.state}`);
  const hasMoment = cell.trouble !== 'all well' && cell.trouble !== 'a pre-hook vetoes';
  if (hasMoment && struck === null) wrong.push(`its moment never came: ${cell.trouble}, ${cell.moment}`);
  const successor = end === null ? null : kind.primaryAfter(end, played.stage);
  const held = whyHeld(played);
  if (held !== null) wrong.push(held);
  const returned = await returnOf(played, successor);
  if (returned.because !== null) wrong.push(returned.because);
  if (successor !== null) wrong.push(...(await untold(played, successor)));
  if (successor !== null && successor === struck?.server && cell.trouble === 'the candidate dies')
    wrong.push(...(await afterSuccessorsDeath(played, successor)));
  else if (successor !== null) wrong.push(...(await afterChange(played, successor)));
  else wrong.push(...(await asItWas(played)));
  await writer.stop();
  const samples = await checker.stop();
  wrong.push(...secondWriters(samples, played.happened));
  return {
    end: end?.state ?? null,
    struck: !hasMoment || struck !== null,
    acknowledged: writer.acknowledged,
    because: successor === null ? reasonOf(end?.output, played.stage) : '',
    returnedMs: returned.forMs,
    wrong,
  };
}

/** The successor takes writes, has every write that the old primary acknowledged, and all that live and were not lost agree with it. */
async function afterChange(
  { stage, writer, struck, cell, end }: Played,
  successor: InstanceKey,
): Promise<string[]> {
  const wrong: string[] = [];
  await kinds[cell.kind].afterwards(stage);
  const served = () =>
    writer.acknowledgements.some(({ server, at }) => server === successor && at > (end?.at ?? 0));
  if (!(await comesTrue(served, settlesWithinMs)))
    wrong.push(`${successor} has acknowledged no write since it became the primary`);
  await writer.stop();
  const lost = lostOf(end?.output);
  const dead = cell.trouble.endsWith('dies') ? [struck?.server] : [];
  const apart = new Set<unknown>([...kinds[cell.kind].apart(stage), ...lost, ...dead]);
  const followers = stage.keys.filter((key) => key !== successor && !apart.has(key));
  wrong.push(...(await disagreement(stage, successor, followers)));
  wrong.push(...(await lostWrites(stage, writer, successor)));
  return wrong;
}

/** It died when it had been promoted: it has kept what was acknowledged, and whoever does not follow it is named. */
async function afterSuccessorsDeath(
  { stage, cell, writer, end }: Played,
  successor: InstanceKey,
): Promise<string[]> {
  await stage.restart(successor);
  await writer.stop();
  const named = new Set<unknown>([...lostOf(end?.output), ...kinds[cell.kind].apart(stage)]);
  const servers = await stage.sandbox.status();
  const astray = servers.filter(
    ({ key, life, replication }) =>
      life === 'alive' && key !== successor && replication?.source !== successor && !named.has(key),
  );
  return [
    ...astray.map(({ key }) => `${key} does not follow ${successor}, and nobody said so`),
    ...(await lostWrites(stage, writer, successor)),
  ];
}

/** With the dead back, every server stands as it stood before, the old primary takes writes again, and nothing is gone. */
async function asItWas({ stage, cell, before, writer, happened, daemon }: Played): Promise<string[]> {
  const wrong: string[] = [];
  // As a person does who mends things by hand: Baton would recover from what is half done.
  await (await daemon()).post('/baton/v1/restraints/disable', asker);
  if (!(await comesTrue(() => isIdle(happened), settlesWithinMs))) wrong.push('something is still under way');
  const { sandbox, primary } = stage;
  // What could not be undone is said, and a person does it: P3 beats P9, and the dead hear nothing.
  const left = happened.flatMap(leftBy);
  if (left.some((one) => one.startsWith(`${primary} stays read-only`)))
    await stage.sql(primary, 'SET GLOBAL read_only = 0');
  const dead = (await sandbox.status()).filter(({ life }) => life === 'dead');
  await Promise.all(dead.map(({ key }) => stage.restart(key)));
  await kinds[cell.kind].redress(stage);
  const unasked = dead
    .map(({ key }) => key)
    .filter((key) => left.some((words) => words.startsWith(`${key} was not asked`)));
  // Nobody reshapes a cluster whose other servers have not found each other again: Baton would recover from that.
  await stands(stage, before, (key) => !unasked.includes(key));
  for (const key of unasked)
    await rejoin(stage, key, before.find((one) => one.key === key)?.replication?.source ?? primary);
  const { stood, wanted, isAgain } = await stands(stage, before, () => true);
  if (!isAgain) wrong.push(`it is not as it was (P9):\n${stood}\nwas:\n${wanted}`);
  const restartedAt = Date.now();
  const served = () =>
    writer.acknowledgements.some(({ at, server }) => server === primary && at > restartedAt);
  if (!(await comesTrue(served, settlesWithinMs))) wrong.push(`${primary} acknowledges no write again`);
  await writer.stop();
  const replicas = stage.keys.filter((key) => key !== primary);
  wrong.push(...(await disagreement(stage, primary, replicas)));
  wrong.push(...(await lostWrites(stage, writer, primary)));
  return wrong;
}

/** Whether these servers come to stand as they stood `before`, and how they stand when they do or have had their time. */
async function stands(
  { sandbox }: Stage,
  before: readonly MemberStatus[],
  which: (key: InstanceKey) => boolean,
) {
  const told = (servers: readonly MemberStatus[]) =>
    servers
      .filter(({ key }) => which(key))
      .map(standing)
      .join('\n');
  const wanted = told(before);
  let stood = '';
  const isAgain = await comesTrue(async () => {
    stood = told(await sandbox.status());
    return stood === wanted;
  }, settlesWithinMs);
  return { stood, wanted, isAgain };
}

/** Every run that was opened has ended, but for those that wait for a replaced primary. */
function isIdle(happened: readonly Happened[]): boolean {
  const opened = new Set(
    happened
      .filter(({ record, workflow }) => record === null && workflow !== 'returning')
      .map(({ uid }) => uid),
  );
  for (const { uid, record } of happened) if (record?.kind === 'ended') opened.delete(uid);
  return opened.size === 0;
}

function standing({ key, life, readOnly, replication }: MemberStatus): string {
  const source = replication === null ? 'nobody' : replication.source;
  const threads = `${replication?.ioThread ?? '–'}, ${replication?.sqlThread ?? '–'}`;
  return `${key} ${life}, ${readOnly === true ? 'read-only' : 'takes writes'}, follows ${source}: ${threads}`;
}

/** Every follower comes to hold just what the primary holds. */
async function disagreement(
  stage: Stage,
  primary: InstanceKey,
  followers: readonly InstanceKey[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const follower of followers) {
    let [held, wanted] = ['', ''];
    const agrees = async () => {
      [held, wanted] = await Promise.all([stage.contents(follower), stage.contents(primary)]);
      return held === wanted;
    };
    if (!(await comesTrue(agrees, settlesWithinMs)))
      wrong.push(`${follower} holds ${held}, and ${primary} holds ${wanted}`);
  }
  return wrong;
}

/** Writes that the first primary acknowledged under semi-sync, and the present one does not have. */
async function lostWrites(stage: Stage, writer: Writer, primary: InstanceKey): Promise<string[]> {
  const kept = await ordersOn(primary, stage.sandbox.credentials.app);
  const missing = writer.missing(stage.primary, kept);
  return missing.length === 0
    ? []
    : [`${missing.length} acknowledged writes are lost: ${missing.slice(0, 10).join(', ')}`];
}

/**
 * For how long the old primary took writes beside or instead of the successor, and whether that was too long. Where the machine
 * itself stood still nobody can say what it would have taken: there it must be fenced, whenever that is.
 */
async function returnOf(
  { cell, struck, stage, checker, stoodStillMs }: Played,
  successor: InstanceKey | null,
): Promise<{ forMs: number | null; because: string | null }> {
  if (cell.trouble !== 'the old primary comes back writable' || struck === null || successor === null)
    return { forMs: null, because: null };
  const isFenced = () => checker.lastOf(stage.primary) === false;
  const fenced = await comesTrue(isFenced, settlesWithinMs);
  const forMs = checker.writableFor(stage.primary, struck.at);
  const isTimed = stoodStillMs() <= standsStillForMs;
  if (fenced && (forMs <= fencedWithinMs || !isTimed))
    return { forMs: isTimed ? forMs : null, because: null };
  const until = fenced ? `for ${forMs} ms` : 'and still does';
  return { forMs, because: `the old primary took writes again ${until}; ${fencedWithinMs} ms are allowed` };
}

function whyHeld({ cell, end, struck, happened }: Played): string | null {
  const dead = cell.trouble.endsWith('dies') ? (struck?.server ?? null) : null;
  if (end === null || dead === null) return null;
  const { reason } = (end.output ?? {}) as { reason?: string | null };
  const workflow = kinds[cell.kind].workflow.name;
  return unexplainedHold({ workflow, state: end.state, reason: reason ?? '', dead, happened });
}

/** Rows that the old primary took after it had come back, and of which Baton does not say that only it has them (P8). */
async function untold({ cell, struck, stage, happened }: Played, successor: InstanceKey): Promise<string[]> {
  if (cell.trouble !== 'the old primary comes back writable' || struck === null) return [];
  // Without GTID nobody can count them, and Baton says just that.
  if (stage.goesBy === 'place') return [];
  const { app } = stage.sandbox.credentials;
  let [own, told]: [number, number] = [0, 0];
  const isTold = async () => {
    const [old, kept] = await Promise.all([ordersOn(stage.primary, app), ordersOn(successor, app)]);
    own = [...old].filter((id) => !kept.has(id)).length;
    told = toldOf(happened, stage.primary) ?? 0;
    return told >= own;
  };
  return (await comesTrue(isTold, settlesWithinMs))
    ? []
    : [`${stage.primary} alone has ${own} rows, and Baton told of ${told} (P8)`];
}

/** Two servers that took writes at once by Baton's doing (P3). */
export function secondWriters(samples: readonly Sample[], happened: readonly Happened[]): readonly string[] {
  const opened = happened.flatMap(openedBy);
  return overlapsOf(spellsOf(samples))
    .filter((overlap) => isByBaton(overlap, opened))
    .map(
      ({ first, second, from, to }) =>
        `Baton made ${second.server} writable while ${first.server} was: both were for ${to - from} ms (P3)`,
    );
}

function openedBy({ record }: Happened): readonly Opened[] {
  if (record?.kind !== 'act') return [];
  const { verb, readOnly } = record.order as { verb: string; readOnly?: boolean };
  const opens = verb === 'promote' || (verb === 'setReadOnly' && readOnly === false);
  return opens ? [{ server: record.instance, at: record.at }] : [];
}

/** What an undo says that it could not put back, a sentence each. */
function leftBy({ record }: Happened): readonly string[] {
  if (record?.kind !== 'answered' || record.answer.kind !== 'ok') return [];
  return (
    (record.answer.value as { left?: readonly string[] }).left?.filter((one) => typeof one === 'string') ?? []
  );
}

function reasonOf(output: unknown, { keys }: Stage): string {
  const { reason } = (output ?? {}) as { reason?: string | null };
  return keys.reduce((words, key, at) => words.replaceAll(key, `server ${at + 1}`), reason ?? '');
}

function lostOf(output: unknown): readonly InstanceKey[] {
  const { lost = [] } = (output ?? {}) as { lost?: readonly { instance: InstanceKey }[] };
  return lost.map(({ instance }) => instance);
}
