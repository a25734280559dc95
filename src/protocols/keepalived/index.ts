/**
 * The door of keepalived, `baton/keepalived`: what a keepalived.conf means, when an instance is what, which script is called
 * then, and what two routers will do. All of it is pure: texts and times in, values out.
 */

export { type Command, commandOf, type Owner } from './conf/command.ts';
export type { Complaint, Place } from './conf/complaint.ts';
export type {
  Calls,
  GlobalDefs,
  KeepalivedConf,
  SyncGroup,
  Tracked,
  TrackFile,
  TrackScript,
  VrrpInstance,
} from './conf/conf.ts';
export { importConf } from './conf/import.ts';
export type { ReadOptions } from './conf/logical-lines.ts';
export type { Entry } from './conf/tree.ts';
export { lintConfs, type Reader } from './lint/lint.ts';
export type { Look, ScriptFile } from './lint/scripts.ts';
export { type Fault, type Outcome, parseFaults } from './predict/faults.ts';
export { PlanFile, readPlan } from './predict/plan-file.ts';
export { type Predicted, predict } from './predict/predict.ts';
export {
  initialRole,
  type Role,
  type RoleAct,
  type RoleEvent,
  type RolePlan,
  type RoleState,
  type RoleStep,
  type ToldState,
} from './role/plan.ts';
export { effectivePriority, fileValue } from './role/priority.ts';
export { afterRun, type ScriptStanding, untriedScript } from './role/script-result.ts';
export { stepRole } from './role/step.ts';
export { stepRole12 } from './role/step-1.2.ts';
export { masterDownMs, skewMs } from './role/timers.ts';
export { type Call, callsFor, fifoLine, type Mail, mailFor, type Told } from './router/calls.ts';
export type { GroupPlan, InstancePlan, Profile, RouterPlan, ScriptPlan, Tracker } from './router/plan.ts';
export { planOfConf } from './router/plan-of-conf.ts';
export { type Advert, type Cell, Router, type RouterAct, type Surroundings } from './router/router.ts';
export { type When, type WhenEntry, type WhenInstance, type WhenScript, whenOf } from './when.ts';
