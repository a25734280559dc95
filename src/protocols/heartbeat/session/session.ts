import { type Envelope, envelopeIn, sealed } from '../envelope.ts';
import type { Message } from '../message.ts';
import { fieldsOf, type NodeState, type Said } from '../said.ts';
import { saidIn } from '../said-in.ts';
import { History } from './history.ts';
import { Peer } from './peer.ts';
import type { Act, Moment, SessionPlan, Standing } from './plan.ts';
import { Tracking } from './tracking.ts';

type Sayable = Exclude<Said, { type: 'other' }>;
type Sequenced = Envelope & { readonly sequence: number };

/** Every tenth message of a node is acknowledged; nodes that hear nothing of theirs stop their clients after 250. */
const acknowledgedEvery = 10;

/**
 * One node's part in a Heartbeat cluster, as the real daemon (3.0.6) has it. It does nothing itself: it is told what
 * came and how late it is, and says what is to be done. It is never told of packets whose signature is wrong.
 */
export class Session {
  readonly #plan: SessionPlan;
  readonly #own: Peer;
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #history = new History();
  #generation: number;
  #sequence = 0;
  #state: NodeState = 'init';
  #startedMs: number;
  #askedMs: number | null = null;
  #tickedMs: number;
  #statusMs = Number.NEGATIVE_INFINITY;
  /** Whether what it speaks for does its work; see `setWorking`. */
  #working = true;
  #left = false;

  /** `generation`: greater than that of every start before. */
  constructor(plan: SessionPlan, generation: number, now: Moment) {
    this.#plan = plan;
    this.#generation = generation;
    this.#startedMs = now.ms;
    this.#tickedMs = now.ms;
    const known = plan.nodes.map((node) => new Peer(node, plan.links, plan.initialDeadMs, now.ms));
    this.#own =
      known.find(({ node }) => node === plan.node) ?? new Peer(plan.node, plan.links, plan.deadMs, now.ms);
    this.#peers = new Map(known.filter((one) => one !== this.#own).map((one) => [one.node, one]));
  }

  /** Its own state and links first, then the others in their order. */
  standings(): readonly Standing[] {
    const own = { ...this.#own.standing(), state: this.#told() };
    return [own, ...[...this.#peers.values()].map((peer) => peer.standing())];
  }

  /** To be called several times within a keepalive. */
  tick(now: Moment): readonly Act[] {
    if (this.#left) return [];
    const acts: Act[] = [...this.#awake(now)];
    for (const peer of this.#peers.values()) acts.push(...this.#watch(peer, now));
    acts.push(...this.#own.silentLinks(this.#plan.deadMs, now.ms), ...this.#comeUp(now));
    if (now.ms - this.#statusMs >= this.#plan.keepaliveMs) acts.push(...this.#sayStatus(now));
    return acts;
  }

  /** A packet that was rightly signed has come over a link. */
  hear(message: Message, link: string, now: Moment): readonly Act[] {
    return [...this.#awake(now), ...this.#hear(message, link, now)];
  }

  /** Something for the others. */
  say(said: Sayable, now: Moment): readonly Act[] {
    return [...this.#awake(now), ...this.#say(said, now)];
  }

  /** A node that cannot do its work says `up` instead of `active`, so that it does not look healthy. */
  setWorking(working: boolean, now: Moment): readonly Act[] {
    if (working === this.#working) return [];
    this.#working = working;
    return this.#left ? [] : [...this.#awake(now), ...this.#sayStatus(now)];
  }

  /** Of its own will; nothing is said after that. */
  leave(now: Moment): readonly Act[] {
    if (this.#left) return [];
    const acts = this.#awake(now);
    this.#left = true;
    return [...acts, ...this.#say({ type: 'shutdone' }, now)];
  }

  /** Whatever wakes it first after it stood still, a timer or a packet: nothing may leave under the old generation. */
  #awake(now: Moment): readonly Act[] {
    const stalledMs = now.ms - this.#tickedMs;
    this.#tickedMs = now.ms;
    return !this.#left && stalledMs > this.#plan.deadMs ? this.#startAnew(stalledMs, now) : [];
  }

  #hear(message: Message, link: string, now: Moment): readonly Act[] {
    const envelope = envelopeIn(message);
    if (envelope === null)
      return [
        { act: 'warn', sentence: `A message without sender or time came over ${link}; it was left out.` },
      ];
    if (envelope.source === this.#plan.node) return this.#own.heardOn(link, now.ms);
    const peer = this.#peers.get(envelope.source);
    if (peer === undefined)
      return [
        {
          act: 'warn',
          sentence: `${envelope.source}, which no node line of ha.cf names, said something over ${link}; it was left out.`,
        },
      ];
    const { sequence } = envelope;
    const said = saidIn(message);
    if (sequence === null)
      return this.#hearOutside({ peer, said, link, generation: envelope.generation }, now);
    return this.#hearCounted({ peer, said, link, message, envelope: { ...envelope, sequence } }, now);
  }

  #say(said: Sayable, now: Moment): readonly Act[] {
    const isOutside = said.type.startsWith('NS_');
    if (!isOutside) this.#sequence += 1;
    const message = sealed(fieldsOf(said), {
      source: this.#plan.node,
      sourceId: this.#plan.id,
      destinationId: 'to' in said ? this.#idOf(said.to) : null,
      sequence: isOutside ? null : this.#sequence,
      generation: this.#generation,
      sentAtSeconds: now.wallSeconds,
      load: isOutside ? null : now.load,
      timeToLive: this.#plan.timeToLive,
    });
    if (!isOutside) this.#history.keep(this.#sequence, message);
    return [{ act: 'send', message }];
  }

  #hearCounted(
    {
      peer,
      said,
      link,
      message,
      envelope,
    }: { peer: Peer; said: Said; link: string; message: Message; envelope: Sequenced },
    now: Moment,
  ): readonly Act[] {
    const { generation, sequence, sourceId } = envelope;
    const known = peer.tracking;
    if (known !== null && generation < known.generation)
      return [
        {
          act: 'warn',
          sentence: `A message of ${peer.node} over ${link} is of a start before its last; it was left out.`,
        },
      ];
    const acts: Act[] = [...peer.heardOn(link, now.ms)];
    peer.id = sourceId ?? peer.id;
    let isNew = true;
    if (known === null) peer.tracking = new Tracking(generation, sequence);
    else if (generation > known.generation) {
      // As with the real daemon only a status begins anew; what came before it is asked for then.
      if (said.type !== 'status') return acts;
      peer.tracking = new Tracking(generation, 0);
      peer.toAcknowledge = null;
      peer.tracking.take(sequence, now.ms);
      acts.push({ act: 'warn', sentence: `Heartbeat was started anew on ${peer.node}.` });
    } else isNew = known.take(sequence, now.ms);
    if (!isNew) return acts;
    if (sequence % acknowledgedEvery === 0) peer.toAcknowledge = sequence;
    acts.push(...this.#take(peer, said, now), ...this.#acknowledge(peer, now));
    acts.push({ act: 'said', from: peer.node, said, message });
    return acts;
  }

  /** Messages that are outside the count: they may come several times. */
  #hearOutside(
    { peer, said, link, generation }: { peer: Peer; said: Said; link: string; generation: number },
    now: Moment,
  ): readonly Act[] {
    if (peer.tracking === null || generation !== peer.tracking.generation) return [];
    const acts: Act[] = [...peer.heardOn(link, now.ms)];
    if (!('to' in said) || said.to.toLowerCase() !== this.#plan.node) return acts;
    if (said.type === 'NS_rexmit') acts.push(...this.#sendAgain(peer, said, now));
    if (said.type === 'NS_nak_rexmit' && peer.tracking.give(said.first))
      acts.push({
        act: 'warn',
        sentence: `${peer.node} no longer has its message ${said.first}: ${said.info}.`,
      });
    return acts;
  }

  #sendAgain(peer: Peer, { first, last }: Said & { type: 'NS_rexmit' }, now: Moment): readonly Act[] {
    const acts: Act[] = [];
    for (let sequence = first; sequence <= Math.min(last, first + 100); sequence += 1) {
      const message = this.#history.again(sequence, now.ms);
      if (message === null)
        acts.push(
          ...this.#say(
            { type: 'NS_nak_rexmit', to: peer.node, first: sequence, info: 'seqno not found' },
            now,
          ),
        );
      else if (message !== 'quiet') acts.push({ act: 'send', message });
    }
    return acts;
  }

  #take(peer: Peer, said: Said, now: Moment): readonly Act[] {
    if (said.type === 'shutdone') return peer.become('dead', 'it has left');
    if (said.type === 'reqnodes' && said.to.toLowerCase() === this.#plan.node)
      return this.#say({ type: 'repnodes', to: peer.node, nodes: this.#plan.nodes, deleted: [] }, now);
    if (said.type === 'repnodes' && said.to.toLowerCase() === this.#plan.node && this.#askedMs !== null)
      return this.#become('active', now);
    if (said.type !== 'status') return [];
    const acts: Act[] = [];
    const quietMs = now.ms - peer.heardMs;
    if (peer.state === 'dead' && said.state !== 'dead')
      acts.push({ act: 'warn', sentence: `${peer.node} is heard again after ${quietMs} ms.` });
    else if (peer.state !== 'init' && quietMs > this.#plan.warnMs)
      acts.push({ act: 'warn', sentence: `The heartbeat of ${peer.node} was late: ${quietMs} ms.` });
    peer.heardMs = now.ms;
    peer.deadMs = said.deadMs;
    return [...acts, ...peer.become(said.state, 'it says so')];
  }

  /** Held back while something before it is missing. */
  #acknowledge(peer: Peer, now: Moment): readonly Act[] {
    if (peer.toAcknowledge === null || peer.tracking?.whole !== true) return [];
    const sequence = peer.toAcknowledge;
    peer.toAcknowledge = null;
    return this.#say({ type: 'NS_ackmsg', to: peer.node, sequence }, now);
  }

  #watch(peer: Peer, now: Moment): readonly Act[] {
    const { ask, lost } = peer.tracking?.due(now.ms) ?? { ask: [], lost: [] };
    const acts = ask.flatMap((one) =>
      this.#say({ type: 'NS_rexmit', to: peer.node, first: one, last: one }, now),
    );
    const warned = lost.map(
      (one): Act => ({ act: 'warn', sentence: `Message ${one} of ${peer.node} is lost.` }),
    );
    const quietMs = now.ms - peer.heardMs;
    const died =
      quietMs > peer.deadMs ? peer.become('dead', `nothing was heard of it for ${quietMs} ms`) : [];
    const silent = peer.silentLinks(this.#plan.deadMs, now.ms);
    return [...acts, ...warned, ...silent, ...died, ...this.#acknowledge(peer, now)];
  }

  /** From `init` to `active`: everybody was heard or is dead, and one who is there was asked for the nodes. */
  #comeUp(now: Moment): readonly Act[] {
    if (this.#state === 'init') return this.#sequence > 0 ? this.#become('up', now) : [];
    if (this.#state !== 'up') return [];
    const peers = [...this.#peers.values()];
    const isTime = now.ms - this.#startedMs >= this.#plan.initialDeadMs;
    if (!isTime && peers.some(({ state }) => state === 'init')) return [];
    const alive = peers.find(({ state }) => state === 'active' || state === 'up');
    if (alive === undefined) return isTime ? this.#become('active', now) : [];
    if (this.#askedMs !== null)
      return now.ms - this.#askedMs > this.#plan.deadMs ? this.#become('active', now) : [];
    this.#askedMs = now.ms;
    return this.#say({ type: 'reqnodes', to: alive.node }, now);
  }

  #become(state: NodeState, now: Moment): readonly Act[] {
    if (this.#state === state) return [];
    this.#state = state;
    const because = state === 'active' ? 'it works' : 'it listens';
    return [{ act: 'node', node: this.#plan.node, state: this.#told(), because }, ...this.#sayStatus(now)];
  }

  /** Whoever was silent for so long is dead to the others: under the same generation they would not believe it any more. */
  #startAnew(stalledMs: number, now: Moment): Act[] {
    this.#generation += 1;
    this.#sequence = 0;
    this.#state = 'init';
    this.#askedMs = null;
    this.#startedMs = now.ms;
    this.#statusMs = Number.NEGATIVE_INFINITY;
    this.#history.clear();
    for (const peer of [this.#own, ...this.#peers.values()]) peer.forgive(now.ms);
    return [
      { act: 'keepGeneration', generation: this.#generation },
      { act: 'warn', sentence: `This node stood still for ${stalledMs} ms; it begins anew.` },
    ];
  }

  #sayStatus(now: Moment): readonly Act[] {
    this.#statusMs = now.ms;
    const deadMs = this.#state === 'active' ? this.#plan.deadMs : this.#plan.initialDeadMs;
    return this.#say({ type: 'status', state: this.#told(), deadMs }, now);
  }

  #told(): NodeState {
    if (this.#left) return 'dead';
    return this.#state === 'active' && !this.#working ? 'up' : this.#state;
  }

  #idOf(node: string): Uint8Array | null {
    return node === this.#plan.node ? this.#plan.id : (this.#peers.get(node)?.id ?? null);
  }
}
