import type { End } from '../../../engine/drive.ts';
import { actingNames } from '../../../../workflows/acting.ts';
import { RecoveryOutcome } from '../../../../workflows/recovery.ts';
import type { Begun } from '../../../controller/requests/requests.ts';
import { messageOf } from '../../../kernel/errors.ts';
import { type Answer, bare, ok, refused } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { instanceShape } from '../shapes/instance.ts';
import { recoveryShape } from '../shapes/recovery.ts';
import { keyShape, numberOf, timestamp } from '../shapes/values.ts';
import { twice } from './twice.ts';

/** Recoveries and takeovers that people ask for: each is answered when it has ended, as by orchestrator. */
export const recoveryRoutes: readonly Route[] = [
  { path: 'recover/:host/:port', needs: 'recover', answer: recover(true) },
  { path: 'recover/:host/:port/:candidateHost/:candidatePort', needs: 'recover', answer: recover(true) },
  { path: 'recover-lite/:host/:port', needs: 'recover', answer: recover(false) },
  {
    path: 'recover-lite/:host/:port/:candidateHost/:candidatePort',
    needs: 'recover',
    answer: recover(false),
  },
  ...takeovers('graceful-master-takeover', false),
  ...takeovers('graceful-master-takeover-auto', true),
  ...twice('force-master-failover', '', { needs: 'recover', answer: forced }),
  ...twice('force-master-takeover', '/:designatedHost/:designatedPort', { needs: 'recover', answer: forced }),
  { path: 'make-master/:host/:port', needs: 'recover', answer: madePrimary },
  { path: 'automated-recovery-filters', needs: 'view', answer: filters },
  { path: 'blocked-recoveries', needs: 'view', answer: blocked },
  { path: 'blocked-recoveries/cluster/:clusterName', needs: 'view', answer: blocked },
  { path: 'disable-global-recoveries', needs: 'recover', answer: disable },
  { path: 'enable-global-recoveries', needs: 'recover', answer: enable },
  { path: 'check-global-recoveries', needs: 'view', answer: check },
];

/** The cluster of a route that is told of it by a hint or by one of its instances. */
function wanted(asked: Asked, { controller }: Served): string {
  if (asked.param('clusterHint') !== '') return asked.cluster(controller).id;
  return asked.instance(controller).key;
}

/** Null where nobody is designated. */
function designated(asked: Asked, { controller }: Served, host = 'designatedHost', port = 'designatedPort') {
  return asked.param(host) === '' ? null : asked.instance(controller, host, port).key;
}

function recover(runsHooks: boolean): Route['answer'] {
  return async (asked, served) => {
    const { requests } = served.controller;
    const { key } = asked.instance(served.controller);
    const candidate = designated(asked, served, 'candidateHost', 'candidatePort');
    const isLite = !runsHooks || asked.query('skipProcesses') === 'true';
    try {
      const begun = await requests.recover(key, asked.asker, { runsHooks: !isLite, candidate });
      const { successor, end } = await endOf(begun);
      return successor === null
        ? refused(cameToNothing(end), keyShape(key))
        : ok('Recovery executed', keyShape(successor));
    } catch (error) {
      // orchestrator's own words come first, for what looks for them.
      return refused(`Recovery not attempted: ${messageOf(error)}`, keyShape(key));
    }
  };
}

function takeovers(verb: string, auto: boolean): readonly Route[] {
  const route = { needs: 'recover', answer: takeover(verb, auto) } as const;
  return [...twice(verb, '', route), ...twice(verb, '/:designatedHost/:designatedPort', route)];
}

function takeover(verb: string, auto: boolean): Route['answer'] {
  return async (asked, served) => {
    const { requests } = served.controller;
    const to = designated(asked, served);
    const begun = await requests.takeover(wanted(asked, served), { ...asked.asker, to, auto });
    return promoted(begun, served, `${verb}: successfully promoted`);
  };
}

/** A second server that takes writes is never made by hand: the one that does hands over. */
async function madePrimary(asked: Asked, served: Served): Promise<Answer> {
  const { requests, view } = served.controller;
  const { key } = asked.instance(served.controller);
  const begun = await requests.takeover(key, { ...asked.asker, to: key, auto: true });
  const { successor, end } = await endOf(begun);
  if (successor !== key) return refused(cameToNothing(end), keyShape(key));
  const instance = view.inventory.find(key);
  return ok(
    `Instance ${key} now made master`,
    instance === null ? { Key: keyShape(key) } : instanceShape(instance, view),
  );
}

async function forced(asked: Asked, served: Served): Promise<Answer> {
  const { requests } = served.controller;
  const to = designated(asked, served);
  const begun = await requests.force(wanted(asked, served), to, asked.asker);
  return promoted(begun, served, 'Successfully failed over master; promoted');
}

/** The recovery with its successor, as the client reads it. */
async function promoted(begun: Begun, { controller }: Served, says: string): Promise<Answer> {
  const { successor, end } = await endOf(begun);
  const runs = await controller.view.journal.list({ workflow: begun.workflow, limit: 100 });
  const run = runs.find(({ opening }) => opening.uid === begun.uid);
  const details = run === undefined ? null : recoveryShape(run, controller.view);
  return successor === null ? refused(cameToNothing(end), details) : ok(`${says} ${successor}`, details);
}

async function endOf({ ended }: Begun) {
  const end = await ended;
  const outcome = RecoveryOutcome.partial().safeParse(end?.output).data;
  return { end, successor: outcome?.successor ?? null };
}

function cameToNothing(end: End | null): string {
  if (end === null) return 'this controller could not follow it to its end: ask for audit-recovery';
  const reason = RecoveryOutcome.partial().safeParse(end.output).data?.reason ?? null;
  return reason === null ? end.sentence : `${end.sentence} ${reason}`;
}

function filters(_: Asked, { controller: { view } }: Served): Answer {
  const {
    RecoverMasterClusterFilters,
    RecoverIntermediateMasterClusterFilters,
    RecoveryIgnoreHostnameFilters,
  } = view.config;
  return ok('Automated recovery configuration details', {
    RecoverIntermediateMasterClusterFilters,
    RecoverMasterClusterFilters,
    RecoveryIgnoreHostnameFilters,
  });
}

/** The gates that an earlier recovery shuts. */
const blocking: ReadonlySet<string> = new Set(['recent', 'promoted', 'cancelled', 'attempts']);

/** What is found now and is kept from being recovered by what was recovered before. */
async function blocked(asked: Asked, { controller }: Served): Promise<Answer> {
  const { view } = controller;
  const only = asked.param('clusterName') === '' ? null : asked.cluster(controller, 'clusterName').id;
  const findings = await controller.findings();
  const found = findings.flatMap(({ instance, code, gates }) => {
    const cluster = view.inventory.clusterOf(instance);
    const isShut = gates.some(({ gate, open }) => !open && blocking.has(gate));
    return !isShut || cluster === null || (only !== null && cluster.id !== only)
      ? []
      : [{ instance, code, cluster }];
  });
  return bare(
    await Promise.all(
      found.map(async ({ instance, code, cluster }) => {
        const [last] = await view.journal.list({ workflow: actingNames, subject: cluster.id, limit: 1 });
        return {
          FailedInstanceKey: keyShape(instance),
          ClusterName: cluster.name,
          Analysis: code,
          LastBlockedTimestamp: timestamp(view.now()),
          BlockingRecoveryId: last === undefined ? 0 : numberOf(last.opening.uid),
        };
      }),
    ),
  );
}

async function disable(asked: Asked, { controller }: Served): Promise<Answer> {
  await controller.restraints.disable(asked.asker.by, asked.asker.why);
  return ok('Globally disabled recoveries', 'disabled');
}

async function enable(asked: Asked, { controller }: Served): Promise<Answer> {
  await controller.restraints.enable(asked.asker.by, asked.asker.why);
  return ok('Globally enabled recoveries', 'enabled');
}

function check(_: Asked, { controller }: Served): Answer {
  const word = controller.restraints.report().disabled === null ? 'enabled' : 'disabled';
  return ok(`Global recoveries ${word}`, word);
}
