import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Writer } from '../../src/cli/demo/writer.ts';
import { type Daemon, daemonOf } from '../../src/cli/daemon.ts';
import type { ClusterReport } from '../../src/controller/reports.ts';
import { type InstanceKey, portOf } from '../../src/kernel/instance-key.ts';
import type { MemberStatus } from '../../src/sandbox/status.ts';
import { Checker } from './checker.ts';
import { type Happened, StagedController } from './controller.ts';
import { type KindName, kinds } from './kinds.ts';
import type { Detour, End, Moment, TroubleName } from './kinds/kind.ts';
import { asked, type Point, recordsOf } from './points.ts';
import { comesTrue, comesTrueWhileBusy } from './patience.ts';
import type { Stage } from './stage.ts';

/** One square of the matrix; a flavour is the stage's. */
export interface Cell {
  readonly kind: KindName;
  readonly trouble: TroubleName;
  /** A moment of the trouble, or the step that is asked for when it strikes. */
  readonly moment: Moment | `step ${string}`;
}

/** What happened in a cell, before anybody judges it. */
export interface Played {
  readonly stage: Stage;
  readonly cell: Cell;
  readonly happened: readonly Happened[];
  /** The end of the run that the cell is about; null where none ended in time. */
  readonly end: (End & { readonly uid: string; readonly at: number }) | null;
  /** Where and when the trouble struck; null where its moment never came. */
  readonly struck: { readonly server: InstanceKey | null; readonly at: number } | null;
  readonly before: readonly MemberStatus[];
  readonly writer: Writer;
  readonly checker: Checker;
  /** The longest time, in milliseconds, for which this machine has not run this process since the cell began. */
  readonly stoodStillMs: () => number;
  /** The controller, to ask and to tell. */
  readonly daemon: () => Promise<Daemon>;
  /** All that the controller has logged. */
  readonly log: () => Promise<string>;
}

const isReadyWithinMs = 60_000;
const quick = {
  DetectionConfirmMilliseconds: 0,
  InstancePollSeconds: 1,
  RecoverIntermediateMasterClusterFilters: ['*'],
  RecoverNonWriteableMaster: true,
  RecoverLockedSemiSyncMaster: true,
  ReasonableLockedSemiSyncMasterSeconds: 1,
  OnFailureDetectionProcesses: ['true'],
  PreFailoverProcesses: ['true'],
  PostMasterFailoverProcesses: ['true'],
  PostIntermediateMasterFailoverProcesses: ['true'],
  PostFailoverProcesses: ['true'],
  PostUnsuccessfulFailoverProcesses: ['true'],
  PreGracefulTakeoverProcesses: ['true'],
  PostGracefulTakeoverProcesses: ['true'],
  PostUnsuccessfulGracefulTakeoverProcesses: ['true'],
};

/** Plays a cell and hands it to `judge` while servers, writer and checker are still at work; ends those. */
export async function playCell<T>(
  stage: Stage,
  cell: Cell,
  judge: (played: Played) => Promise<T>,
): Promise<T> {
  const kind = kinds[cell.kind];
  const config = await stage.reset({ ...quick, ...kind.config(stage), ...configOf(cell) });
  await kind.arrange(stage);
  const strike = new Strike(stage, cell);
  const controller = new StagedController({ config, log: stage.logFile }, (happened) =>
    strike.hear(happened, controller),
  );
  const writer = new Writer(stage.keys, stage.sandbox.credentials.app);
  const checker = new Checker(stage.sandbox);
  const delays = monitorEventLoopDelay({ resolution: 10 });
  const stoodStillMs = () => delays.max / 1e6;
  delays.enable();
  try {
    await controller.start();
    await mustComeTrue('the controller sees every server', () => seesAll(config, stage));
    const before = await stage.sandbox.status();
    writer.start();
    await mustComeTrue('the application writes', () => writer.acknowledged > 20);
    await kind.provoke(stage, await daemonOf(config));
    await comesTrueWhileBusy(
      () => strike.end !== null,
      () => strike.heardAt,
    );
    const { end, struck, happened } = strike;
    const played = { stage, cell, happened, end, struck, before, writer, checker, stoodStillMs };
    const log = () => readFile(stage.logFile, 'utf8');
    return await judge({ ...played, daemon: () => daemonOf(config), log });
  } finally {
    delays.disable();
    await controller.kill();
    await Promise.all([writer.stop(), checker.stop()]);
  }
}

/** Hears every record before Baton goes on, and strikes when the moment has come, once. */
class Strike {
  readonly happened: Happened[] = [];
  heardAt = 0;
  end: Played['end'] = null;
  struck: Played['struck'] = null;
  readonly #stage: Stage;
  readonly #cell: Cell;
  readonly #point: Point | null;

  constructor(stage: Stage, cell: Cell) {
    this.#stage = stage;
    this.#cell = cell;
    this.#point = pointOf(cell);
  }

  async hear(one: Happened, controller: StagedController): Promise<void> {
    this.happened.push(one);
    this.heardAt = Date.now();
    const { workflow } = kinds[this.#cell.kind];
    const { uid, record } = one;
    if (record === null || one.workflow !== workflow.name) return;
    const reached = this.struck === null ? this.#point?.(record, recordsOf(this.happened, uid)) : null;
    if (reached != null) {
      this.struck = { server: reached.server, at: Date.now() };
      await this.#strike(reached.server, controller);
    }
    if (record.kind === 'ended')
      this.end = { uid, at: record.at, state: record.state, output: record.output };
  }

  async #strike(server: InstanceKey | null, controller: StagedController): Promise<void> {
    const { sandbox } = this.#stage;
    switch (this.#cell.trouble) {
      case 'the candidate dies':
      case 'a replica dies':
        if (server !== null) await sandbox.kill(portOf(server));
        return;
      case 'the controller is killed':
        await controller.kill();
        return controller.start();
      case 'the old primary comes back writable':
        await kinds[this.#cell.kind].comeBack(this.#stage);
        return;
      case 'all well':
      case 'a pre-hook vetoes':
        return;
    }
  }
}

function pointOf({ kind, trouble, moment }: Cell): Point | null {
  if (moment === 'early' || moment === 'middle' || moment === 'late')
    return kinds[kind].strikes[trouble][moment];
  return asked(moment.slice('step '.length));
}

/** How the run of a cell may end. */
export function endsOf(cell: Cell): readonly string[] {
  return detourOf(cell)?.ends ?? kinds[cell.kind].ends[cell.trouble];
}

function detourOf({ kind, moment }: Cell): Detour | null {
  if (moment === 'early' || moment === 'middle' || moment === 'late') return null;
  return kinds[kind].detours[moment.slice('step '.length)] ?? null;
}

function configOf(cell: Cell): Readonly<Record<string, unknown>> {
  const { trouble, moment } = cell;
  if (trouble !== 'a pre-hook vetoes') return detourOf(cell)?.config ?? {};
  const which = ['early', 'middle', 'late'].indexOf(moment);
  return { PreFailoverProcesses: [0, 1, 2].map((at) => (at === which ? 'exit 3' : 'true')) };
}

async function seesAll(config: string, stage: Stage): Promise<boolean> {
  const daemon = await daemonOf(config);
  const clusters = (await daemon.get('/baton/v1/clusters')) as readonly ClusterReport[];
  const seen = clusters.flatMap(({ instances }) => instances).filter(({ answering }) => answering);
  return seen.length === stage.keys.length;
}

async function mustComeTrue(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await comesTrue(isTrue, isReadyWithinMs))) throw new Error(`never came true: ${what}`);
}
