import type { Controller } from '../../controller/controller.ts';
import type { InstanceReport } from '../../controller/reports.ts';
import { inSlices } from '../in-slices.ts';

/** What of a controller is looked at. */
export type Stood = Pick<Controller, 'view' | 'cluster' | 'findings' | 'leader' | 'cutOffBecause'> & {
  readonly restraints: Pick<Controller['restraints'], 'report'>;
};

const lookMs = 1_000;
/** About as much goes at once. */
const batchBytes = 16_384;

interface Part {
  /** The event as it goes over the wire. */
  readonly text: string;
  readonly version: number;
}

/**
 * How everything stands, part by part: looked at again and again while somebody listens, once for all who listen, and
 * told where a part is another than before. Whoever reads slowly gets the latest of each part and nothing that is past.
 */
export class StandingFeed {
  readonly #controller: () => Stood;
  readonly #listeners = new Set<() => void>();
  /** The latest of each part, the oldest change first. */
  readonly #parts = new Map<string, Part>();
  #version = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(controller: () => Stood) {
    this.#controller = controller;
  }

  /** What has changed since a version, as far as goes at once; null where nothing has. */
  since(version: number): Part | null {
    if (version >= this.#version) return null;
    let text = '';
    let last = version;
    for (const part of this.#parts.values()) {
      if (part.version <= version) continue;
      text += part.text;
      last = part.version;
      if (text.length >= batchBytes) return { text, version: last };
    }
    return text === '' ? null : { text, version: last };
  }

  /** Calls `listener` whenever something has changed, until what is given back is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#timer === null) this.#again(0);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#timer === null) return;
      clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  #again(ms: number): void {
    this.#timer = setTimeout(() => {
      // What cannot be looked at now is looked at the next time.
      void this.#look()
        .catch(() => {})
        .finally(() => {
          if (this.#listeners.size > 0) this.#again(lookMs);
        });
    }, ms);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const before = this.#version;
    const controller = this.#controller();
    const clusters = controller.view.inventory.clusters;
    const names = new Set<string>();
    const keep = (name: string, type: string, data: unknown) => {
      names.add(name);
      this.#keep(name, `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const leader = controller.leader();
    const since = leader === null ? null : new Date(leader.since).toISOString();
    const cutOff = controller.cutOffBecause();
    keep('leader', 'leader', { name: null, isOurs: false, address: null, ...leader, since, cutOff });
    keep('restraints', 'restraints', controller.restraints.report());
    keep(
      'clusters',
      'clusters',
      clusters.map(({ id }) => id),
    );
    await inSlices(clusters, ({ id }) => {
      const { instances, tree: _, ...cluster } = controller.cluster(id);
      keep(`cluster ${id}`, 'cluster', { ...cluster, members: instances.map(({ instance }) => instance) });
      for (const instance of instances)
        keep(`instance ${instance.instance}`, 'instance', { ...still(instance), cluster: id });
    });
    keep('findings', 'findings', await controller.findings());
    for (const name of this.#parts.keys()) if (!names.has(name)) this.#parts.delete(name);
    if (this.#version > before) for (const listener of this.#listeners) listener();
  }

  #keep(name: string, text: string): void {
    if (this.#parts.get(name)?.text === text) return;
    this.#version += 1;
    this.#parts.delete(name);
    this.#parts.set(name, { text, version: this.#version });
  }
}

/** One that answers was seen just now: when, would be another with each look. */
function still(instance: InstanceReport): InstanceReport {
  return instance.answering ? { ...instance, lastSeen: null } : instance;
}
