import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Controller } from '../controller/controller.ts';
import { changes } from './door/caller.ts';
import { needOf } from './door/guard.ts';
import { type Serialised, serialised } from './serialised.ts';

/** A shared answer may be as old as this. */
const keptMs = 250;
/** So many different ones are kept; whoever asks for more has them made anew. */
const mostKept = 64;
/** One that is larger is sent when nothing else of its kind is: the kernel copies it while everything else waits. */
const bigBytes = 65_536;

/** Of one controller, by whichever door it is asked. */
const shared = new WeakMap<Controller, SharedAnswers>();
/** Servers whose changes are heard of, whichever of their parts has asked first. */
const heard = new WeakSet<object>();

/**
 * Answers that are made once for all who ask at about the same time, and anew after each change that somebody has asked
 * for. A thousand instances are megabytes; to make them for each of many who ask would keep the detector waiting.
 */
export function sharedAnswers(server: FastifyInstance, controller: Controller): SharedAnswers {
  const answers = shared.get(controller) ?? new SharedAnswers(() => controller.view.now());
  shared.set(controller, answers);
  if (!heard.has(server.server)) {
    heard.add(server.server);
    // Before whoever changed something hears that it is done.
    server.addHook('onSend', (request, _, payload, done) => {
      if (changes(needOf(request))) answers.forget();
      done(null, payload);
    });
  }
  return answers;
}

export class SharedAnswers {
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly answer: Promise<Serialised>; madeAt: number | null }>();
  #lastBig: Promise<void> = Promise.resolve();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What `make` gives, in JSON: the same as for whoever else asks by this name. */
  async of(name: string, make: () => unknown): Promise<Serialised> {
    const answer = await (this.#fresh(name) ?? this.#make(name, make));
    if (answer.bytes.length > bigBytes) await this.#turn();
    return answer;
  }

  forget(): void {
    this.#kept.clear();
  }

  #fresh(name: string): Promise<Serialised> | null {
    const kept = this.#kept.get(name);
    if (kept === undefined) return null;
    const ageMs = kept.madeAt === null ? 0 : this.#now() - kept.madeAt;
    return ageMs >= 0 && ageMs < keptMs ? kept.answer : null;
  }

  #make(name: string, make: () => unknown): Promise<Serialised> {
    const answer = (async () => serialised(await make()))();
    const kept: { readonly answer: Promise<Serialised>; madeAt: number | null } = { answer, madeAt: null };
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    answer.then(
      () => {
        kept.madeAt = this.#now();
      },
      () => {
        if (this.#kept.get(name) === kept) this.#kept.delete(name);
      },
    );
    return answer;
  }

  /** One after another, each in a turn of the event loop by itself. */
  #turn(): Promise<void> {
    this.#lastBig = this.#lastBig.then(() => nextTurn());
    return this.#lastBig;
  }
}
