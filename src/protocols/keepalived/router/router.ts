import { initialRole, type RoleAct, type RoleEvent, type RoleState } from '../role/plan.ts';
import { afterRun, isGoodScript, type ScriptStanding, untriedScript } from '../role/script-result.ts';
import { stepRole } from '../role/step.ts';
import { stepRole12 } from '../role/step-1.2.ts';
import type { Told } from './calls.ts';
import type { GroupPlan, InstancePlan, RouterPlan, ScriptPlan, Tracker } from './plan.ts';
import { eventsOf, type Share, type Standing, shareOf } from './tracking.ts';

/** An advert on the wire. */
export interface Advert {
  readonly routerId: number;
  readonly priority: number;
  readonly address: number;
  readonly advertMs: number;
}

/** What a keepalived process does, in its order. */
export type RouterAct =
  | { readonly act: 'advertise'; readonly instance: InstancePlan; readonly advert: Advert }
  | { readonly act: 'addresses'; readonly instance: InstancePlan; readonly held: boolean }
  /** It wants `due` to be called then; what it wanted of this cell before is forgotten. */
  | { readonly act: 'wake'; readonly cell: Cell; readonly atMs: number }
  | { readonly act: 'tell'; readonly told: Told; readonly plan: InstancePlan | GroupPlan };

/** How the world stands when a process starts. */
export interface Surroundings {
  isUp(interfaceName: string): boolean;
  /** Of a track_file; 0 where there is none. */
  valueOf(file: string): number;
  /** A script that is not there, or may not be run, is tracked by nobody (2.x: fail-open). */
  isRunnable(script: string): boolean;
}

/** One instance and how it stands. */
export interface Cell {
  readonly plan: InstancePlan;
  readonly group: Group | null;
  state: RoleState;
  readonly shares: Map<Tracker, Share>;
}

interface Group {
  readonly plan: GroupPlan;
  readonly members: Cell[];
  /** What was told of it last. */
  told: 'MASTER' | 'BACKUP' | 'FAULT' | null;
}

interface Heard {
  readonly cell: Cell;
  readonly tracker: Tracker;
}

/**
 * One keepalived process: its instances, its sync groups, and what they track. It is told what happens and answers what
 * it does; it keeps no time of its own.
 */
export class Router {
  readonly plan: RouterPlan;
  readonly cells: readonly Cell[];
  readonly #step: typeof stepRole;
  readonly #groups: readonly Group[];
  readonly #byRouterId = new Map<number, Cell[]>();
  readonly #trackedBy = new Map<string, Heard[]>();
  readonly #scripts = new Map<string, { readonly plan: ScriptPlan; standing: ScriptStanding }>();
  readonly #acts: RouterAct[] = [];

  constructor(plan: RouterPlan) {
    this.plan = plan;
    this.#step = plan.profile === '2.x' ? stepRole : stepRole12;
    this.#groups = plan.groups
      .filter(({ members }) => members.length > 0)
      .map((group) => ({ plan: group, members: [], told: null }));
    this.cells = plan.instances.map((instance) => this.#cellOf(instance));
  }

  /** The scripts that some instance tracks, in the order in which they are defined. */
  trackedScripts(): readonly ScriptPlan[] {
    return [...this.#scripts.values()].map(({ plan }) => plan);
  }

  start(world: Surroundings, nowMs: number): readonly RouterAct[] {
    for (const { name } of this.plan.scripts) {
      if (world.isRunnable(name)) continue;
      this.#scripts.delete(name);
      this.#trackedBy.delete(keyOf('script', name));
    }
    for (const heard of [...this.#trackedBy.values()].flat()) this.#look(heard, world);
    for (const group of this.#groups) this.#startGroup(group);
    for (const cell of this.cells) {
      const shares = [...cell.shares.values()];
      const count = (share: Share) => shares.filter((one) => one === share).length;
      const bonus = shares.reduce<number>((sum, share) => sum + (typeof share === 'number' ? share : 0), 0);
      const group = cell.group === null ? null : heldAtStart(cell.group);
      const event = {
        type: 'start',
        faults: count('fault'),
        untried: count('untried'),
        bonus,
        group,
      } as const;
      this.#tell(cell, event, nowMs, false);
    }
    return this.#done();
  }

  hear(advert: Advert, interfaceName: string, nowMs: number): readonly RouterAct[] {
    const event: RoleEvent = { type: 'advert', ...advert };
    for (const cell of this.#byRouterId.get(advert.routerId) ?? [])
      if (cell.plan.interface === interfaceName && !this.#isKept(cell)) this.#tell(cell, event, nowMs);
    return this.#done();
  }

  due(cell: Cell, nowMs: number): readonly RouterAct[] {
    const { group } = cell;
    const waits =
      this.plan.profile === '2.x' &&
      cell.state.role === 'backup' &&
      (group?.members.some((one) => one !== cell && !isReady(one.state)) ?? false);
    this.#tell(cell, { type: waits || this.#isKept(cell) ? 'wait' : 'due' }, nowMs);
    return this.#done();
  }

  /** Once every advert interval, and only in 1.2. */
  sum(cell: Cell, nowMs: number): readonly RouterAct[] {
    this.#tell(cell, { type: 'sum' }, nowMs);
    return this.#done();
  }

  /** A run of a script has ended. */
  ran(script: string, succeeded: boolean, nowMs: number): readonly RouterAct[] {
    const found = this.#scripts.get(script);
    if (found === undefined) return [];
    const { standing, turn } = afterRun(found.plan, found.standing, succeeded);
    found.standing = standing;
    if (turn !== null) this.#turn('script', script, isGoodScript(found.plan, standing), nowMs);
    return this.#done();
  }

  interfaceIs(name: string, up: boolean, nowMs: number): readonly RouterAct[] {
    this.#turn('interface', name, up, nowMs);
    return this.#done();
  }

  fileIs(name: string, value: number, nowMs: number): readonly RouterAct[] {
    this.#turn('file', name, value, nowMs);
    return this.#done();
  }

  /** All masters take leave first; then each instance tells, then each group. */
  stop(nowMs: number): readonly RouterAct[] {
    for (const { plan, state } of this.cells)
      if (state.role === 'master' || state.role === 'transition')
        this.#acts.push(this.#advertise(plan, 0), { act: 'addresses', instance: plan, held: false });
    for (const cell of this.cells) this.#tell(cell, { type: 'stop' }, nowMs, false);
    for (const { plan } of this.#groups) this.#acts.push(groupAct(plan, 'STOP'));
    return this.#done();
  }

  #cellOf(plan: InstancePlan): Cell {
    const group = this.#groups.find((one) => one.plan.members.includes(plan.name)) ?? null;
    const cell: Cell = { plan, group, state: initialRole(plan.role), shares: new Map() };
    group?.members.push(cell);
    this.#byRouterId.set(plan.routerId, [...(this.#byRouterId.get(plan.routerId) ?? []), cell]);
    const own: Tracker = { kind: 'interface', name: plan.interface, weight: 0, reverse: false };
    for (const tracker of plan.ignoresOwnInterface ? plan.trackers : [own, ...plan.trackers]) {
      const key = keyOf(tracker.kind, tracker.name);
      this.#trackedBy.set(key, [...(this.#trackedBy.get(key) ?? []), { cell, tracker }]);
      const script = this.plan.scripts.find(({ name }) => tracker.kind === 'script' && name === tracker.name);
      if (script !== undefined && !this.#scripts.has(script.name))
        this.#scripts.set(script.name, { plan: script, standing: untriedScript(script) });
    }
    return cell;
  }

  #look({ cell, tracker }: Heard, world: Surroundings): void {
    const { kind, name } = tracker;
    const standing = kind === 'script' ? null : kind === 'file' ? world.valueOf(name) : world.isUp(name);
    cell.shares.set(tracker, shareOf(tracker, standing));
  }

  /** keepalived tells of a group at its start before it tells of the members. */
  #startGroup(group: Group): void {
    if (this.plan.profile === '1.2') return;
    const held = heldAtStart(group);
    if (held !== 'holding') this.#tellGroup(group, held === 'fault' ? 'FAULT' : 'BACKUP');
  }

  #turn(kind: Tracker['kind'], name: string, standing: Standing, nowMs: number): void {
    for (const { cell, tracker } of this.#trackedBy.get(keyOf(kind, name)) ?? []) {
      const after = shareOf(tracker, standing);
      const before = cell.shares.get(tracker) ?? 0;
      cell.shares.set(tracker, after);
      for (const event of eventsOf(before, after)) this.#tell(cell, event, nowMs);
    }
  }

  #tell(cell: Cell, event: RoleEvent, nowMs: number, syncs = true): void {
    const { role: before, dueAtMs } = cell.state;
    const { state, acts } = this.#step(cell.plan.role, cell.state, event, nowMs);
    cell.state = state;
    for (const act of acts) this.#acts.push(this.#actOf(cell.plan, act));
    if (state.dueAtMs !== null && state.dueAtMs !== dueAtMs)
      this.#acts.push({ act: 'wake', cell, atMs: state.dueAtMs });
    if (syncs && cell.group !== null) this.#sync(cell.group, cell, before, nowMs);
  }

  /** What the members of a group do when one of them has moved. */
  #sync(group: Group, moved: Cell, before: RoleState['role'], nowMs: number): void {
    const { role } = moved.state;
    if (role === before) {
      this.#raise(group, moved, nowMs);
      return;
    }
    if (role === 'fault') this.#follow(group, moved, 'fault', nowMs);
    else if (role === 'backup') this.#follow(group, moved, 'backup', nowMs);
    else if (role === 'master' && before !== 'transition') this.#follow(group, moved, 'master', nowMs);
    else if (role === 'transition') this.#follow(group, moved, 'master', nowMs);
  }

  /** In 1.2 a member stays in FAULT while another of its group has a bad tracker. */
  #isKept({ group, state }: Cell): boolean {
    if (this.plan.profile === '2.x' || state.role !== 'fault' || group === null) return false;
    return group.members.some((one) => one.state.faults > 0);
  }

  /** The last member whose trackers are good again leads the others out of FAULT. */
  #raise(group: Group, moved: Cell, nowMs: number): void {
    const waits = ({ state }: Cell) => state.role === 'fault' || state.role === 'holding';
    if (this.plan.profile !== '2.x' || !waits(moved)) return;
    if (group.members.some(({ state }) => state.faults > 0 || state.untried > 0)) return;
    this.#tell(moved, { type: 'join', role: 'backup' }, nowMs);
  }

  #follow(group: Group, moved: Cell, role: 'backup' | 'master' | 'fault', nowMs: number): void {
    const already: readonly RoleState['role'][] = role === 'master' ? ['master', 'transition'] : [role];
    const told = role === 'master' ? 'MASTER' : role === 'backup' ? 'BACKUP' : 'FAULT';
    // In 1.2 the group is told of MASTER when the members only begin to be it.
    if (this.plan.profile === '1.2' && role === 'master') this.#tellGroup(group, told);
    for (const cell of group.members)
      if (cell !== moved && !already.includes(cell.state.role))
        this.#tell(cell, { type: 'join', role }, nowMs, false);
    this.#tellGroup(group, told);
  }

  #tellGroup(group: Group, state: 'MASTER' | 'BACKUP' | 'FAULT'): void {
    if (group.told === state) return;
    group.told = state;
    this.#acts.push(groupAct(group.plan, state));
  }

  #actOf(instance: InstancePlan, act: RoleAct): RouterAct {
    if (act.act === 'advertise') return this.#advertise(instance, act.priority);
    if (act.act === 'addresses') return { act: 'addresses', instance, held: act.held };
    const { state, priority } = act;
    return { act: 'tell', told: { kind: 'INSTANCE', name: instance.name, state, priority }, plan: instance };
  }

  #advertise(instance: InstancePlan, priority: number): RouterAct {
    const { advertMs, address } = instance.role;
    return {
      act: 'advertise',
      instance,
      advert: { routerId: instance.routerId, priority, address, advertMs },
    };
  }

  #done(): readonly RouterAct[] {
    return this.#acts.splice(0);
  }
}

/** One bad tracker keeps all members in FAULT, one script that has not run keeps all of them waiting. */
function heldAtStart({ members }: Group): 'fault' | 'holding' | null {
  const shares = members.flatMap((cell) => [...cell.shares.values()]);
  if (shares.includes('fault')) return 'fault';
  return shares.includes('untried') ? 'holding' : null;
}

function isReady({ role, isWilling }: RoleState): boolean {
  return role === 'master' || (role === 'backup' && isWilling);
}

function keyOf(kind: Tracker['kind'], name: string): string {
  return `${kind} ${name}`;
}

function groupAct(plan: GroupPlan, state: Told['state']): RouterAct {
  return { act: 'tell', told: { kind: 'GROUP', name: plan.name, state, priority: 0 }, plan };
}
