import { type ConfigChange, changeText, differenceOf, inEffect } from '../config/difference.ts';
import type { Config } from '../config/keys.ts';
import { shortUid } from '../kernel/uid.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Teller } from '../engine/ports.ts';
import { Stopping } from '../engine/stopping.ts';
import type { Renewal } from './life.ts';
import type { Controller } from './on-ports.ts';

/** What came of reading the configuration again. */
export interface ReloadReport {
  /** What is in it that was not; nothing where it says what it said. */
  readonly changes: readonly ConfigChange[];
  /** Runs that end with the lists and settings that they were begun with; the new ones take effect after them. */
  readonly waitsFor: readonly string[];
}

/** Reads a running controller's configuration again. One reading after another; the last one counts. */
export class Reloading {
  readonly #read: () => Promise<Config>;
  readonly #renewalOf: (config: Config) => Renewal;
  readonly #controller: Pick<Controller, 'renew' | 'underWay'>;
  readonly #teller: Teller;
  #config: Config;
  #turns: Promise<unknown> = Promise.resolve();

  constructor(options: {
    config: Config;
    /** Throws what speaks against it, and then nothing is changed. */
    read: () => Promise<Config>;
    /** The ports that a configuration makes; throws where it cannot. */
    renewalOf: (config: Config) => Renewal;
    controller: Pick<Controller, 'renew' | 'underWay'>;
    teller: Teller;
  }) {
    this.#config = options.config;
    this.#read = options.read;
    this.#renewalOf = options.renewalOf;
    this.#controller = options.controller;
    this.#teller = options.teller;
  }

  /** `who` asked for it. Throws `config-invalid`, and what else speaks against the new configuration. */
  reload(who: string): Promise<ReloadReport> {
    const turn = this.#turns.then(() => this.#reload(who));
    this.#turns = turn.catch((error: unknown) =>
      this.#teller.warn(
        `${who} has the configuration read again, and nothing is changed: ${messageOf(error)}`,
        {},
      ),
    );
    return turn;
  }

  async #reload(who: string): Promise<ReloadReport> {
    const read = await this.#read();
    const before = this.#config;
    const changes = differenceOf(before, read);
    if (changes.length === 0) {
      this.#teller.tell(`${who} has the configuration read again: it says what it said`, {});
      return { changes, waitsFor: [] };
    }
    const waitsFor = this.#controller.underWay();
    if (changes.some(({ takesEffect }) => takesEffect === 'at-once')) {
      const config = inEffect(before, read);
      const renewed = this.#controller.renew(this.#renewalOf(config));
      this.#config = config;
      if (waitsFor.length === 0) {
        await renewed.catch((error: unknown) => {
          this.#config = before;
          throw error;
        });
      } else void this.#follow(renewed, before);
    }
    const after = waitsFor.length === 0 ? '' : ` (after ${waitsFor.map(shortUid).join(', ')})`;
    const what = changes.map(changeText).join('; ');
    this.#teller.tell(`${who} has the configuration read again${after}: ${what}`, {});
    return { changes, waitsFor };
  }

  /** A renewal that waits for runs to end. */
  async #follow(renewed: Promise<void>, before: Config): Promise<void> {
    try {
      await renewed;
      this.#teller.tell('what was under way has ended, and the new configuration takes effect', {});
    } catch (error) {
      if (error instanceof Stopping) return;
      this.#config = before;
      this.#teller.warn(`the configuration of before stays in effect: ${messageOf(error)}`, {});
    }
  }
}
