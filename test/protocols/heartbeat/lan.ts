import {
  type Act,
  type Message,
  type Moment,
  Session,
  type SessionPlan,
  type Standing,
} from '../../../src/protocols/heartbeat/index.ts';

const stepMs = 50;

/** What becomes of a packet on its way: after how many steps each copy of it comes; none: it is lost. */
export type Fate = (from: string, link: string) => readonly number[];

/** Sessions on a network in memory, on a clock that only `run` moves. */
export class Lan {
  readonly sessions = new Map<string, Session>();
  readonly acts: { readonly node: string; readonly act: Act; readonly atMs: number }[] = [];
  /** Those who stand still: they neither hear nor do anything. */
  readonly stalled = new Set<string>();
  fate: Fate = () => [0];
  nowMs = 0;
  readonly #plan: Omit<SessionPlan, 'node' | 'id'>;
  readonly #underWay: {
    readonly atMs: number;
    readonly to: string;
    readonly link: string;
    readonly message: Message;
  }[] = [];

  constructor(nodes: readonly string[], links: readonly string[]) {
    this.#plan = {
      nodes,
      links,
      keepaliveMs: 500,
      warnMs: 1_500,
      deadMs: 3_000,
      initialDeadMs: 5_000,
      timeToLive: 3,
    };
  }

  start(node: string, generation = 1): void {
    const id = new Uint8Array(16).fill(node.charCodeAt(0));
    this.sessions.set(node, new Session({ ...this.#plan, node, id }, generation, this.now()));
  }

  kill(node: string): void {
    this.sessions.delete(node);
  }

  now(): Moment {
    return { ms: this.nowMs, wallSeconds: 1_000 + Math.floor(this.nowMs / 1_000), load: '0 0 0 1/1 1' };
  }

  run(forMs: number): void {
    for (const endMs = this.nowMs + forMs; this.nowMs < endMs; this.nowMs += stepMs) {
      const due = this.#underWay.filter(({ atMs }) => atMs <= this.nowMs);
      for (const one of due) {
        this.#underWay.splice(this.#underWay.indexOf(one), 1);
        if (!this.stalled.has(one.to))
          this.do(one.to, (session) => session.hear(one.message, one.link, this.now()));
      }
      for (const node of this.sessions.keys())
        if (!this.stalled.has(node)) this.do(node, (session) => session.tick(this.now()));
    }
  }

  do(node: string, what: (session: Session) => readonly Act[]): void {
    const session = this.sessions.get(node);
    if (session === undefined) return;
    for (const act of what(session)) {
      this.acts.push({ node, act, atMs: this.nowMs });
      if (act.act === 'send') this.#carry(node, act.message);
    }
  }

  standing(of: string, seenBy: string): Standing | undefined {
    return this.sessions
      .get(seenBy)
      ?.standings()
      .find(({ node }) => node === of);
  }

  /** What a node was told of the others' messages. */
  heard(by: string): readonly string[] {
    return this.acts.flatMap(({ node, act }) =>
      node === by && act.act === 'said' && act.said.type === 'ip-request' ? [act.said.group] : [],
    );
  }

  warnings(of: string): readonly string[] {
    return this.acts.flatMap(({ node, act }) => (node === of && act.act === 'warn' ? [act.sentence] : []));
  }

  #carry(from: string, message: Message): void {
    for (const to of this.sessions.keys())
      if (to !== from)
        for (const link of this.#plan.links)
          for (const steps of this.fate(from, link))
            this.#underWay.push({ atMs: this.nowMs + (steps + 1) * stepMs, to, link, message });
  }
}
