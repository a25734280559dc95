import { Operation } from '../../../../workflows/operation.ts';
import { BatonError } from '../../../kernel/errors.ts';
import type { InstanceKey } from '../../../kernel/instance-key.ts';
import { type Answer, ok } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { instanceShape } from '../shapes/instance.ts';
import { keyShape } from '../shapes/values.ts';
import { instancesShape } from './instances.ts';

type Verb = Operation['verb'];

/** One of orchestrator’s words, what Baton does for it one after the other, and what is said when it is done. */
interface Word {
  readonly word: string;
  readonly verbs: readonly Verb[];
  readonly says: string;
}

const below = '/:host/:port/:belowHost/:belowPort';
const alone = '/:host/:port';

/** How a replica gets below another: Baton finds the way by itself, whichever orchestrator’s word names. */
const moves: readonly Word[] = [
  { word: 'relocate', verbs: ['relocate'], says: 'relocated below' },
  { word: 'relocate-below', verbs: ['relocate'], says: 'relocated below' },
  { word: 'move-equivalent', verbs: ['relocate'], says: 'relocated via equivalence coordinates below' },
  { word: 'move-below-gtid', verbs: ['relocate'], says: 'moved below' },
  // orchestrator's own client asks for it, and orchestrator has no such route (section 5.3).
  { word: 'move-gtid', verbs: ['relocate'], says: 'moved below' },
  { word: 'match', verbs: ['relocate'], says: 'matched below' },
  { word: 'match-below', verbs: ['relocate'], says: 'matched below' },
  { word: 'repoint', verbs: ['repoint'], says: 'repointed below' },
];

/** What is done to one instance, with nobody else named. */
const singles: readonly Word[] = [
  { word: 'move-up', verbs: ['move-up'], says: 'moved up' },
  { word: 'match-up', verbs: ['move-up'], says: 'matched up' },
  { word: 'make-local-master', verbs: ['make-local-master'], says: 'made local master' },
  { word: 'make-co-master', verbs: ['make-co-master'], says: 'made co-master' },
  { word: 'take-master', verbs: ['take-master'], says: 'took its master' },
  { word: 'gtid-errant-reset-master', verbs: ['gtid-errant-reset-master'], says: 'Removed errant GTID on' },
  {
    word: 'gtid-errant-inject-empty',
    verbs: ['gtid-errant-inject-empty'],
    says: 'Have injected empty transactions for the errant GTID of',
  },
  { word: 'enable-gtid', verbs: ['enable-gtid'], says: 'Enabled GTID on' },
  { word: 'disable-gtid', verbs: ['disable-gtid'], says: 'Disabled GTID on' },
  { word: 'flush-binary-logs', verbs: ['flush-binary-logs'], says: 'Binary logs flushed on:' },
  { word: 'skip-query', verbs: ['skip-query'], says: 'Query skipped on' },
  { word: 'start-replica', verbs: ['start-replica'], says: 'Replica started:' },
  { word: 'stop-replica', verbs: ['stop-replica'], says: 'Replica stopped:' },
  { word: 'restart-replica', verbs: ['stop-replica', 'start-replica'], says: 'Replica restarted:' },
  { word: 'stop-replica-nice', verbs: ['stop-replica-nice'], says: 'Replica stopped nicely:' },
  ...(
    [
      'enable-semi-sync-master',
      'disable-semi-sync-master',
      'enable-semi-sync-replica',
      'disable-semi-sync-replica',
    ] as const
  ).map((verb) => ({ word: verb, verbs: [verb], says: `${verb} on` })),
  { word: 'reset-replica', verbs: ['reset-replica'], says: 'Replica reset:' },
  { word: 'detach-replica', verbs: ['detach-replica'], says: 'Replica detached:' },
  { word: 'reattach-replica', verbs: ['reattach-replica'], says: 'Replica reattached:' },
  { word: 'detach-replica-master-host', verbs: ['detach-replica'], says: 'Replica detached:' },
  { word: 'reattach-replica-master-host', verbs: ['reattach-replica'], says: 'Replica reattached:' },
  { word: 'set-read-only', verbs: ['set-read-only'], says: 'Server set as read-only:' },
  { word: 'set-writeable', verbs: ['set-writeable'], says: 'Server set as writeable:' },
];

/** What is done to all replicas of an instance; each answers with a list, also where orchestrator broke its own client. */
const many: readonly Word[] = [
  { word: 'relocate-replicas', verbs: ['relocate-replicas'], says: 'replicas relocated below' },
  { word: 'move-replicas-gtid', verbs: ['relocate-replicas'], says: 'replicas moved below' },
  { word: 'match-replicas', verbs: ['relocate-replicas'], says: 'replicas matched below' },
];
const manyUp: readonly Word[] = [
  { word: 'move-up-replicas', verbs: ['move-up-replicas'], says: 'replicas moved up' },
  { word: 'match-up-replicas', verbs: ['move-up-replicas'], says: 'replicas matched up' },
];

/** Changes of a topology that works (orchestrator 3.2.6, section 5.4). */
export const operationRoutes: readonly Route[] = [
  ...moves.map((one) => route(`${one.word}${below}`, one, moved)),
  { path: 'move-below/:host/:port/:siblingHost/:siblingPort', needs: 'recover', answer: movedBeside },
  ...singles.map((one) => route(`${one.word}${alone}`, one, done)),
  { path: `take-siblings${alone}`, needs: 'recover', answer: siblingsTaken },
  ...many.map((one) => route(`${one.word}${below}`, one, replicasMoved)),
  ...manyUp.map((one) => route(`${one.word}${alone}`, one, replicasMovedUp)),
  ...manyUp.map((one) => route(`${one.word}${below}`, one, replicasMovedUp)),
  { path: `repoint-replicas${alone}`, needs: 'recover', answer: replicasRepointed },
  ...['regroup-replicas', 'regroup-replicas-gtid', 'regroup-replicas-pgtid', 'regroup-replicas-bls'].map(
    (word): Route => ({ path: `${word}${alone}`, needs: 'recover', answer: regrouped }),
  ),
  { path: `delay-replication${alone}/:seconds`, needs: 'recover', answer: delayed },
  { path: `purge-binary-logs${alone}/:logFile`, needs: 'recover', answer: purged },
  { path: `kill-query${alone}/:process`, needs: 'recover', answer: killed },
];

type Carry = (asked: Asked, served: Served, word: Word) => Promise<Answer>;

function route(path: string, word: Word, carry: Carry): Route {
  return { path, needs: 'recover', answer: (asked, served) => carry(asked, served, word) };
}

async function done(asked: Asked, served: Served, { verbs, says }: Word): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  for (const verb of verbs) await carriedOut({ verb, instance: key } as Operation, asked, served);
  return ok(`${says} ${key}`, shapeNow(key, served));
}

async function moved(asked: Asked, served: Served, { verbs, says }: Word): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const target = asked.instance(served.controller, 'belowHost', 'belowPort').key;
  for (const verb of verbs)
    await carriedOut({ verb, instance: key, below: target } as Operation, asked, served);
  return ok(`Instance ${key} ${says} ${target}`, shapeNow(key, served));
}

async function movedBeside(asked: Asked, served: Served): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const sibling = asked.instance(served.controller, 'siblingHost', 'siblingPort').key;
  await carriedOut({ verb: 'move-below', instance: key, below: sibling }, asked, served);
  return ok(`Instance ${key} moved below ${sibling}`, shapeNow(key, served));
}

/** One that has none has them all, as with orchestrator. */
async function siblingsTaken(asked: Asked, served: Served): Promise<Answer> {
  const { key, server } = asked.instance(served.controller);
  const source = server?.replication?.source ?? null;
  const siblings = source === null ? null : replicasOf(source, served).filter((one) => one !== key);
  if (siblings === null || siblings.length > 0)
    await carriedOut({ verb: 'take-siblings', instance: key }, asked, served);
  return ok(`${key} took its siblings`, shapeNow(key, served));
}

/** To move none is no error, as with orchestrator. */
async function replicasMoved(asked: Asked, served: Served, { says }: Word): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const target = asked.instance(served.controller, 'belowHost', 'belowPort').key;
  const moving = replicasOf(key, served).filter((one) => one !== target);
  if (moving.length > 0)
    await carriedOut({ verb: 'relocate-replicas', instance: key, below: target }, asked, served);
  return all(`${moving.length} ${says} ${target}`, moving, served);
}

async function replicasMovedUp(asked: Asked, served: Served, { says }: Word): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const moving = replicasOf(key, served);
  if (moving.length > 0) await carriedOut({ verb: 'move-up-replicas', instance: key }, asked, served);
  return all(`${moving.length} ${says}`, moving, served);
}

async function replicasRepointed(asked: Asked, served: Served): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const replicas = replicasOf(key, served);
  for (const instance of replicas) await carriedOut({ verb: 'repoint', instance, below: key }, asked, served);
  return all(`${replicas.length} replicas repointed below ${key}`, replicas, served);
}

/** orchestrator tells apart by which marks a lost replica was lost; here every one is moved, or the whole is refused. */
async function regrouped(asked: Asked, served: Served): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const before = replicasOf(key, served);
  await carriedOut({ verb: 'regroup-replicas', instance: key }, asked, served);
  const promoted = before.find((one) => replicasOf(one, served).some((below) => before.includes(below)));
  if (promoted === undefined) throw new BatonError('request-refused', `no replica of ${key} was moved`);
  const lost = replicasOf(key, served).filter((one) => one !== promoted).length;
  return ok(`promoted replica: ${promoted}, lost: ${lost}, trivial: 0, pseudo-gtid: 0`, keyShape(promoted));
}

async function delayed(asked: Asked, served: Served): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const seconds = asked.number('seconds');
  await carriedOut({ verb: 'delay-replication', instance: key, seconds }, asked, served);
  return ok(`Replication delayed: ${key}`, shapeNow(key, served));
}

async function purged(asked: Asked, served: Served): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const force = asked.query('force') === 'true';
  await carriedOut(
    { verb: 'purge-binary-logs', instance: key, before: asked.param('logFile'), force },
    asked,
    served,
  );
  return ok(`Binary logs purged on: ${key}`, shapeNow(key, served));
}

async function killed(asked: Asked, served: Served): Promise<Answer> {
  const { key } = asked.instance(served.controller);
  const connection = asked.number('process');
  await carriedOut({ verb: 'kill-query', instance: key, connection }, asked, served);
  return ok(`Query killed on: ${key}`, shapeNow(key, served));
}

/** Throws with every reason against it, and where it failed. */
async function carriedOut(wish: Operation, asked: Asked, { controller }: Served): Promise<void> {
  const operation = understood(wish);
  const { state, reason } = await controller.operations.carryOut(operation, asked.asker);
  if (state !== 'done')
    throw new BatonError(
      'request-refused',
      reason ?? `${operation.verb} of ${operation.instance} did not end well`,
    );
}

/** Throws `usage`. */
function understood(wish: Operation): Operation {
  const { data, error } = Operation.safeParse(wish);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new BatonError('usage', `${issue?.path.join('.')}: ${issue?.message}`);
}

function replicasOf(key: InstanceKey, { controller }: Served): readonly InstanceKey[] {
  return controller.view.inventory.replicasOf(key).map((replica) => replica.key);
}

function shapeNow(key: InstanceKey, { controller: { view } }: Served) {
  const instance = view.inventory.find(key);
  return instance === null ? { Key: keyShape(key) } : instanceShape(instance, view);
}

function all(says: string, keys: readonly InstanceKey[], { controller: { view } }: Served): Answer {
  const instances = keys.flatMap((key) => view.inventory.find(key) ?? []);
  return ok(says, instancesShape(instances, view));
}
