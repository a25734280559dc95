import { readFileSync } from 'node:fs';
import { messageOf } from '../../kernel/errors.ts';
import {
  type Act,
  encodePacket,
  type HaConf,
  type KeyRing,
  type Moment,
  parsePacket,
  Session,
  verifyPacket,
} from '../../protocols/heartbeat/index.ts';
import { type Links, openLinks } from './links.ts';
import { StateFolder } from './state-folder.ts';

export interface MemberPlan {
  readonly node: string;
  readonly conf: HaConf;
  readonly ring: KeyRing;
  readonly folder: string;
}

/** What is told of a member's life. */
export type MemberFact =
  | Extract<Act, { act: 'node' | 'link' | 'warn' }>
  | { readonly act: 'request'; readonly from: string; readonly group: string };

const tickMs = 100;
const quietMs = 5_000;

/** A node that listens, speaks and keeps its state, in the thread that it is made in. It holds no resources. */
export class Member {
  readonly #plan: MemberPlan;
  readonly #folder: StateFolder;
  readonly #session: Session;
  readonly #tell: (fact: MemberFact) => void;
  readonly #warned = new Map<string, number>();
  readonly #pid: number;
  #links: Links | null = null;
  #timer: NodeJS.Timeout | null = null;
  #writtenMs = 0;

  constructor(plan: MemberPlan, tell: (fact: MemberFact) => void) {
    const { node, conf, folder } = plan;
    this.#plan = plan;
    this.#tell = tell;
    this.#pid = process.pid;
    this.#folder = new StateFolder(folder);
    const id = this.#folder.id();
    const now = moment();
    const links = [...new Set(conf.links.map(({ device }) => device))];
    const timeToLive = conf.nodes.length + conf.hopFudge;
    this.#session = new Session(
      { ...conf, node, id, links, timeToLive },
      this.#folder.nextGeneration(now.wallSeconds),
      now,
    );
  }

  /** Throws BatonError `heartbeat-link`. */
  async start(): Promise<void> {
    this.#links = await openLinks(this.#plan.conf.links, {
      packet: (wire, device) => this.#hear(wire, device),
      failed: (device, because) => this.#warn(`Nothing can be sent over ${device}: ${because}.`),
    });
    this.#timer = setInterval(() => this.#tick(), Math.min(tickMs, this.#plan.conf.keepaliveMs / 5));
    this.#tick();
  }

  setWorking(working: boolean): void {
    this.#do(this.#session.setWorking(working, moment()));
  }

  /** Says that it leaves, and closes its links. */
  async leave(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#do(this.#session.leave(moment()));
    this.#writeState(0);
    // What was handed to the sockets leaves before they are closed.
    await new Promise((resolve) => setImmediate(resolve));
    this.#links?.close();
  }

  #tick(): void {
    this.#do(this.#session.tick(moment()));
    if (Date.now() - this.#writtenMs >= this.#plan.conf.keepaliveMs) this.#writeState(this.#pid);
  }

  #hear(wire: Uint8Array, device: string): void {
    const parsed = parsePacket(wire);
    if (!parsed.ok) {
      this.#warn(`A packet over ${device} cannot be read and was left out: ${parsed.because}.`);
      return;
    }
    const verdict = verifyPacket(parsed.packet, this.#plan.ring);
    if (verdict.ok) this.#do(this.#session.hear(parsed.packet.message, device, moment()));
    else this.#warn(`A packet over ${device} was left out: ${verdict.because}.`);
  }

  #do(acts: readonly Act[]): void {
    const { ring, conf } = this.#plan;
    let isNews = false;
    for (const act of acts)
      if (act.act === 'keepGeneration') this.#folder.keepGeneration(act.generation);
      else if (act.act === 'send')
        this.#links?.send(
          encodePacket(act.message, ring, { framing: 'netstring', inside: conf.messageFormat === 'classic' }),
        );
      else if (act.act === 'warn') this.#warn(act.sentence);
      else if (act.act === 'said') this.#answer(act);
      else {
        isNews = true;
        this.#tell(act);
      }
    if (isNews) this.#writeState(this.#pid);
  }

  /** It holds nothing, and says so to whoever asks for something back. */
  #answer({ from, said }: Extract<Act, { act: 'said' }>): void {
    if (said.type !== 'ip-request') return;
    this.#tell({ act: 'request', from, group: said.group });
    this.#do(
      this.#session.say(
        { type: 'ip-request-resp', to: from, group: said.group, held: false, result: 'OK' },
        moment(),
      ),
    );
  }

  /** The same is said once within some seconds: whoever floods the links does not flood the log. */
  #warn(sentence: string): void {
    const nowMs = performance.now();
    if (nowMs - (this.#warned.get(sentence) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    if (this.#warned.size > 1_000) this.#warned.clear();
    this.#warned.set(sentence, nowMs);
    this.#tell({ act: 'warn', sentence });
  }

  #writeState(pid: number): void {
    const { node, conf } = this.#plan;
    this.#writtenMs = Date.now();
    const standings = new Map(this.#session.standings().map((one) => [one.node, one]));
    const members = conf.nodes.flatMap((name) => {
      const found = standings.get(name);
      return found === undefined ? [] : [{ ...found, kind: 'normal' as const, links: [...found.links] }];
    });
    const parameters = Object.fromEntries(conf.parameters);
    try {
      this.#folder.writeState({
        pid,
        node,
        version: '3.0.6',
        writtenAtMs: this.#writtenMs,
        deadMs: conf.deadMs,
        members,
        parameters,
      });
    } catch (error) {
      this.#warn(`Its state cannot be written: ${messageOf(error)}.`);
    }
  }
}

function moment(): Moment {
  return { ms: Math.round(performance.now()), wallSeconds: Math.floor(Date.now() / 1_000), load: load() };
}

function load(): string {
  try {
    return readFileSync('/proc/loadavg', 'utf8').trim();
  } catch {
    return '0.00 0.00 0.00 1/1 1';
  }
}
