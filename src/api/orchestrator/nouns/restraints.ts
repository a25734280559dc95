import type { Controller } from '../../../controller/controller.ts';
import { BatonError } from '../../../kernel/errors.ts';
import type { InstanceKey } from '../../../kernel/instance-key.ts';
import { type Answer, bare, ok } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { keyShape, timestamp } from '../shapes/values.ts';

/** orchestrator ends a maintenance after ten minutes (section 4, MaintenanceExpireMinutes). */
const maintenanceMs = 10 * 60_000;
/** How long a downtime lasts for which no duration is given: as long as orchestrator’s (MaintenanceExpireMinutes). */
const downtimeMs = maintenanceMs;

/** What people forbid of an instance, and allow again. */
export const restraintRoutes: readonly Route[] = [
  { path: 'begin-downtime/:host/:port/:owner/:reason', needs: 'recover', answer: beginDowntime },
  { path: 'begin-downtime/:host/:port/:owner/:reason/:duration', needs: 'recover', answer: beginDowntime },
  { path: 'end-downtime/:host/:port', needs: 'recover', answer: endDowntime },
  { path: 'begin-maintenance/:host/:port/:owner/:reason', needs: 'recover', answer: beginMaintenance },
  { path: 'end-maintenance/:host/:port', needs: 'recover', answer: endMaintenance },
  { path: 'end-maintenance/:maintenanceKey', needs: 'recover', answer: endMaintenanceByNumber },
  { path: 'in-maintenance/:host/:port', needs: 'view', answer: inMaintenance },
  { path: 'maintenance', needs: 'view', answer: maintenance },
];

async function beginDowntime(asked: Asked, { controller }: Served): Promise<Answer> {
  const { key } = asked.instance(controller);
  const duration = asked.param('duration');
  const forMs = duration === '' ? downtimeMs : durationIn(duration);
  await controller.restraints.beginDowntime(key, {
    who: asked.param('owner'),
    why: asked.param('reason'),
    forMs,
  });
  return ok(`Downtime begun: ${key}`, keyShape(key));
}

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Ten years; no date far beyond can be written down. */
const longestMs = 10 * 366 * 86_400_000;

/** `30m` in milliseconds (orchestrator 3.2.6, section 5.4). Throws `usage`. */
function durationIn(written: string): number {
  const [, amount, unit = ''] = /^(\d+)([smhdw])$/.exec(written) ?? [];
  const ms = Number(amount) * (units[unit] ?? Number.NaN);
  if (ms > 0 && ms <= longestMs) return ms;
  throw new BatonError('usage', `Invalid duration value: ${written}; write 30s, 10m, 2h, 1d or 1w`);
}

async function endDowntime(asked: Asked, { controller }: Served): Promise<Answer> {
  const { key } = asked.instance(controller);
  await controller.restraints.endDowntime(key, asked.by);
  return ok(`Downtime ended: ${key}`, keyShape(key));
}

async function beginMaintenance(asked: Asked, { controller }: Served): Promise<Answer> {
  const { key } = asked.instance(controller);
  const saying = { who: asked.param('owner'), why: asked.param('reason'), forMs: maintenanceMs };
  await controller.restraints.beginMaintenance(key, saying);
  return ok(`Maintenance begun: ${key}`, keyShape(key));
}

async function endMaintenance(asked: Asked, { controller }: Served): Promise<Answer> {
  return ended(asked.instance(controller).key, asked, controller);
}

async function endMaintenanceByNumber(asked: Asked, { controller }: Served): Promise<Answer> {
  const number = asked.number('maintenanceKey');
  const found = underWay(controller).find(({ MaintenanceId }) => MaintenanceId === number);
  if (found === undefined) throw new BatonError('request-refused', `there is no maintenance ${number}`);
  return ended(found.instance, asked, controller);
}

async function ended(key: InstanceKey, asked: Asked, controller: Controller): Promise<Answer> {
  await controller.restraints.endMaintenance(key, asked.by);
  return ok(`Maintenance ended: ${key}`, keyShape(key));
}

function inMaintenance(asked: Asked, { controller }: Served): Answer {
  const { key } = asked.instance(controller);
  const isWorkedOn = underWay(controller).some(({ instance }) => instance === key);
  return ok(isWorkedOn ? `${key} is in maintenance` : `${key} is not in maintenance`, isWorkedOn ? key : '');
}

function maintenance(_: Asked, { controller }: Served): Answer {
  return bare(underWay(controller).map(({ instance: _key, ...shape }) => shape));
}

/** Numbered in the order of the list, for orchestrator’s have a number. */
function underWay(controller: Controller) {
  const now = controller.view.now();
  return controller.restraints.report().maintenance.map(({ instance, who, why, since }, at) => {
    const beganAt = Date.parse(since);
    return {
      instance,
      MaintenanceId: at + 1,
      Key: keyShape(instance),
      BeginTimestamp: timestamp(beganAt),
      SecondsElapsed: Math.max(0, Math.floor((now - beganAt) / 1_000)),
      IsActive: true,
      Owner: who,
      Reason: why,
    };
  });
}
