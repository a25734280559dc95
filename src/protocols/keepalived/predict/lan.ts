import type { RouterPlan, ScriptPlan } from '../router/plan.ts';
import { type Advert, type Cell, Router, type RouterAct } from '../router/router.ts';
import { Agenda } from './agenda.ts';
import type { Fault, Outcome } from './faults.ts';

/** One router of the network, whether keepalived runs there or not. */
interface Machine {
  readonly plan: RouterPlan;
  /** Null while nothing runs. */
  router: Router | null;
  /** Counts the starts, so that what is due for an earlier one is forgotten. */
  life: number;
  readonly outcomes: Map<string, Outcome>;
  readonly down: Set<string>;
  readonly files: Map<string, number>;
  readonly running: Set<string>;
}

type Due =
  | { readonly type: 'fault'; readonly fault: Fault }
  | {
      readonly type: 'advert';
      readonly machine: Machine;
      readonly interface: string;
      readonly advert: Advert;
    }
  | ({ readonly life: number; readonly machine: Machine } & (
      | { readonly type: 'cell'; readonly cell: Cell }
      | { readonly type: 'sum'; readonly cell: Cell }
      | { readonly type: 'run'; readonly script: ScriptPlan }
      | { readonly type: 'ran'; readonly script: string; readonly succeeded: boolean }
    ));

/** Runs a track script, and says how and when it ended. */
export type RunScript = (
  router: string,
  script: ScriptPlan,
  done: (succeeded: boolean, atMs: number) => void,
) => void;

/** What a router did at some moment. */
export interface Deed {
  readonly atMs: number;
  readonly router: string;
  readonly act: Exclude<RouterAct, { act: 'wake' }>;
}

/** How long a track script takes that does nothing, from the daemon's call to its hearing of the end. */
const scriptMs = 10;
/** Between the TERM of a script that takes too long and its KILL. */
const killMs = 2_000;

/** Some routers on one network, in time that nobody waits for. */
export class Lan {
  readonly #machines: ReadonlyMap<string, Machine>;
  readonly #agenda = new Agenda<Due>();
  readonly #deed: (deed: Deed) => void;
  readonly #runScript: RunScript | null;

  /** `deed` hears of all that is done, in its order; without `runScript` scripts end as the faults say. */
  constructor(plans: readonly RouterPlan[], deed: (deed: Deed) => void, runScript: RunScript | null = null) {
    this.#machines = new Map(plans.map((plan) => [plan.id, machineOf(plan)]));
    this.#deed = deed;
    this.#runScript = runScript;
  }

  /** Of a router that is unknown nothing is taken. */
  enter(fault: Fault): void {
    this.#agenda.enter(fault.atMs, { type: 'fault', fault });
  }

  /** When something is due next; null where nothing is. */
  nextAtMs(): number | null {
    return this.#agenda.firstAtMs();
  }

  /** Goes on to that moment, and tells how many adverts, timers and results were heard. */
  runTo(untilMs: number): number {
    let heard = 0;
    for (let next = this.#agenda.next(untilMs); next !== undefined; next = this.#agenda.next(untilMs)) {
      this.#happen(next.what, next.atMs);
      heard += 1;
    }
    return heard;
  }

  #happen(due: Due, nowMs: number): void {
    if (due.type === 'fault') {
      const machine = this.#machines.get(due.fault.router);
      if (machine !== undefined) this.#strike(machine, due.fault, nowMs);
      return;
    }
    const { machine } = due;
    const { router } = machine;
    if (router === null || ('life' in due && due.life !== machine.life)) return;
    switch (due.type) {
      case 'advert':
        this.#take(machine, router.hear(due.advert, due.interface, nowMs), nowMs);
        return;
      case 'cell':
        if (due.cell.state.dueAtMs === nowMs) this.#take(machine, router.due(due.cell, nowMs), nowMs);
        return;
      case 'sum':
        this.#take(machine, router.sum(due.cell, nowMs), nowMs);
        this.#enter(machine, nowMs + due.cell.plan.role.advertMs, { type: 'sum', cell: due.cell });
        return;
      case 'run':
        this.#run(machine, due.script, nowMs);
        return;
      case 'ran':
        machine.running.delete(due.script);
        this.#take(machine, router.ran(due.script, due.succeeded, nowMs), nowMs);
    }
  }

  #strike(machine: Machine, fault: Fault, nowMs: number): void {
    const { router } = machine;
    switch (fault.do) {
      case 'start':
        if (router === null) this.#start(machine, nowMs);
        return;
      case 'stop':
        if (router !== null) this.#take(machine, router.stop(nowMs), nowMs);
        machine.router = null;
        return;
      case 'kill':
        machine.router = null;
        return;
      case 'exit':
        machine.outcomes.set(fault.script, fault.outcome);
        return;
      case 'link':
        machine.down[fault.up ? 'delete' : 'add'](fault.interface);
        if (router !== null) this.#take(machine, router.interfaceIs(fault.interface, fault.up, nowMs), nowMs);
        return;
      case 'file':
        machine.files.set(fault.file, fault.value);
        if (router !== null) this.#take(machine, router.fileIs(fault.file, fault.value, nowMs), nowMs);
    }
  }

  #start(machine: Machine, nowMs: number): void {
    const router = new Router(machine.plan);
    machine.router = router;
    machine.life += 1;
    machine.running.clear();
    const surroundings = {
      isUp: (name: string) => !machine.down.has(name),
      valueOf: (file: string) => machine.files.get(file) ?? 0,
      isRunnable: (script: string) => machine.outcomes.get(script) !== 'missing',
    };
    this.#take(machine, router.start(surroundings, nowMs), nowMs);
    for (const script of router.trackedScripts()) this.#enter(machine, nowMs, { type: 'run', script });
    if (machine.plan.profile === '1.2')
      for (const cell of router.cells)
        this.#enter(machine, nowMs + cell.plan.role.advertMs, { type: 'sum', cell });
  }

  /** Runs of one script never overlap. */
  #run(machine: Machine, script: ScriptPlan, nowMs: number): void {
    this.#enter(machine, nowMs + script.intervalSeconds * 1_000, { type: 'run', script });
    if (machine.running.has(script.name)) return;
    machine.running.add(script.name);
    if (this.#runScript !== null) {
      const { life } = machine;
      this.#runScript(machine.plan.id, script, (succeeded, atMs) => {
        this.#agenda.enter(atMs, { type: 'ran', script: script.name, succeeded, machine, life });
      });
      return;
    }
    const outcome = machine.outcomes.get(script.name) ?? 0;
    const timeoutMs = script.timeoutSeconds * 1_000;
    const takesMs = outcome === 'stuck' ? timeoutMs : outcome === 'deaf' ? timeoutMs + killMs : scriptMs;
    this.#enter(machine, nowMs + takesMs, { type: 'ran', script: script.name, succeeded: outcome === 0 });
  }

  #take(machine: Machine, acts: readonly RouterAct[], nowMs: number): void {
    for (const act of acts) {
      if (act.act === 'wake') this.#enter(machine, act.atMs, { type: 'cell', cell: act.cell });
      else this.#deed({ atMs: nowMs, router: machine.plan.id, act });
      if (act.act === 'advertise') this.#send(machine, act, nowMs);
    }
  }

  #send(from: Machine, { instance, advert }: Extract<RouterAct, { act: 'advertise' }>, nowMs: number): void {
    const on = instance.interface;
    if (from.down.has(on)) return;
    for (const machine of this.#machines.values())
      if (machine !== from && machine.router !== null && !machine.down.has(on))
        this.#agenda.enter(nowMs, { type: 'advert', machine, interface: on, advert });
  }

  #enter(machine: Machine, atMs: number, what: Own): void {
    this.#agenda.enter(atMs, { ...what, machine, life: machine.life });
  }
}

type Own =
  | { readonly type: 'cell' | 'sum'; readonly cell: Cell }
  | { readonly type: 'run'; readonly script: ScriptPlan }
  | { readonly type: 'ran'; readonly script: string; readonly succeeded: boolean };

function machineOf(plan: RouterPlan): Machine {
  return {
    plan,
    router: null,
    life: 0,
    outcomes: new Map(),
    down: new Set(),
    files: new Map(),
    running: new Set(),
  };
}
